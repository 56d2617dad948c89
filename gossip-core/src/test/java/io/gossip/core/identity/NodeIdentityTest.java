/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {
    private static final GossipAddress ADDRESS = GossipAddress.parse("127.0.0.1:7280");

    @Test
    void hasTheWireFormOfTheSpecification() {
        NodeIdentity identity = new NodeIdentity("n1", 1, ADDRESS);
        byte[] bytes = new byte[identity.wireLength() + 2];
        identity.writeTo(bytes, 1);

        assertThat(HexFormat.of().formatHex(bytes, 1, bytes.length - 1))
                .isEqualTo("02006e310100000000000000047f000001701c");
        assertThat(identity.hasWireForm(bytes, 1, bytes.length - 1)).isTrue();
        assertThat(identity.hasWireForm(bytes, 0, bytes.length - 2)).isFalse();
        assertThat(NodeIdentity.hashOfWireForm(bytes, 1, bytes.length - 1)).isEqualTo(identity.hashCode());
    }

    @Test
    void sortsByNameInUtf8ThenByUnsignedGenerationThenByAddress() {
        List<NodeIdentity> inOrder = List.of(
                new NodeIdentity("Z", 1, ADDRESS),
                new NodeIdentity("ap", 1, ADDRESS),
                new NodeIdentity("api", 9, ADDRESS),
                new NodeIdentity("api", 10, ADDRESS),
                new NodeIdentity("api", Long.MAX_VALUE, ADDRESS),
                new NodeIdentity("api", Long.MIN_VALUE, ADDRESS),
                new NodeIdentity("api-10", 1, ADDRESS),
                new NodeIdentity("api-2", 1, GossipAddress.parse("127.0.0.1:7279")),
                new NodeIdentity("api-2", 1, ADDRESS),
                new NodeIdentity("api-2", 1, GossipAddress.parse("[::1]:1")),
                new NodeIdentity("\uff5e", 1, ADDRESS),
                new NodeIdentity("\ud83d\ude00", 1, ADDRESS));
        List<NodeIdentity> sorted = new ArrayList<>(inOrder);
        Collections.shuffle(sorted, new Random(3));
        Collections.sort(sorted);
        assertThat(sorted).isEqualTo(inOrder);
    }

    @Test
    void refusesNamesThatCannotBeWritten() {
        assertThatThrownBy(() -> new NodeIdentity("\ud800", 1, ADDRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> new NodeIdentity("é".repeat(32_768), 1, ADDRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void comparesAndMeasuresTextAsItsUtf8Bytes() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String left = text(random);
            String right = text(random);
            byte[] leftBytes = left.getBytes(StandardCharsets.UTF_8);
            byte[] rightBytes = right.getBytes(StandardCharsets.UTF_8);
            assertThat(Integer.signum(Utf8.compare(left, right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(leftBytes, rightBytes)));
            assertThat(Utf8.length(left)).isEqualTo(leftBytes.length);
        }
    }

    private static String text(Random random) {
        int[] choices = {'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(choices[random.nextInt(choices.length)]);
        }
        return text.toString();
    }
}
