/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTableTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 1_000})
    void findsAndReplacesEveryMemberOfAnyNumber(int size) {
        List<MemberPicture> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(MemberPicture.joined(identity(i)));
        }
        List<MemberPicture> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, new Random(size));

        MemberTable table = MemberTable.of(shuffled);

        assertThat(table).containsExactlyElementsOf(members);
        assertThat(table.indexOf(identity(size))).isNegative();
        assertThat(table.latest("no such name")).isEmpty();
        assertThatThrownBy(() -> table.get(size)).isInstanceOf(IndexOutOfBoundsException.class);
        for (int i = 0; i < size; i++) {
            assertThat(table.indexOf(identity(i))).isEqualTo(i);
            MemberPicture other = members.get(i).with(MemberState.LIVE);
            MemberTable changed = table.with(i, other);
            assertThat(changed.get(i)).isSameAs(other);
            assertThat(table.get(i)).isSameAs(members.get(i));
            assertThat(changed.latest(other.identity().nodeId())).isPresent();
            assertThat(changed).hasSize(size);
        }
    }

    private static NodeIdentity identity(int number) {
        return new NodeIdentity("m%04d".formatted(number / 2), number % 2, GossipAddress.parse("127.0.0.1:1"));
    }
}
