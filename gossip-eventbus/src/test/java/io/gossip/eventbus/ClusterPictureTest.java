/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterPictureTest {
    @Test
    void appliesPublicationsInOrderAndSharesWhatDidNotChange() {
        ClusterPicture first = Samples.alone(4);
        ClusterPicture second = first.after(Samples.joined(5, B));
        ClusterPicture third = second.after(Samples.keys(6, B, Samples.set("x", "1", 9)));

        assertThat(first.members()).hasSize(1);
        assertThat(second.member(B).orElseThrow().isLive()).isTrue();
        assertThat(third.sequence()).isEqualTo(6);
        assertThat(third.member("b").orElseThrow().value("x")).contains("1");
        assertThat(third.member(B).orElseThrow().maxVersion()).isEqualTo(9);
        assertThat(third.member(A)).containsSame(first.member(A).orElseThrow());
        assertThat(third.after(Samples.removed(7, B)).members()).hasSize(1);
        assertThatThrownBy(() -> third.after(Samples.removed(8, B))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forgetsTheKeysOfAMemberThatIsReset() {
        KeysPublication reset = new KeysPublication(5, "c", A, true, 8, 7, List.of(Samples.set("n", "1", 8)));
        MemberPicture self = Samples.alone(4).after(reset).member(A).orElseThrow();
        assertThat(self.entries()).containsExactly(Samples.entry("n", "1", 8));
        assertThat(self.lastGcVersion()).isEqualTo(7);
    }

    @Test
    void followsAMemberThroughEveryState() {
        ClusterPicture picture = Samples.alone(1).after(Samples.joined(2, B));
        picture = picture.after(change(3, List.of(), List.of(B), List.of()));
        assertThat(picture.member(B).orElseThrow().state()).isEqualTo(MemberState.DEAD);
        picture = picture.after(change(4, List.of(B), List.of(), List.of()));
        assertThat(picture.member(B).orElseThrow().state()).isEqualTo(MemberState.LIVE);
        picture = picture.after(change(5, List.of(), List.of(), List.of(B)));
        assertThat(picture.member(B).orElseThrow().state()).isEqualTo(MemberState.LEFT);
        assertThat(picture.liveMembers()).extracting(MemberPicture::identity).containsExactly(A);
    }

    @Test
    void findsTheHighestGenerationOfANodeId() {
        ClusterPicture picture = Samples.alone(0);
        List<NodeIdentity> generations = new ArrayList<>();
        for (long generation : new long[] {5, -2, 7}) {
            generations.add(new NodeIdentity("m", generation, GossipAddress.parse("127.0.0.1:5")));
        }
        for (int i = 0; i < generations.size(); i++) {
            picture = picture.after(Samples.joined(i + 1, generations.get(i)));
        }
        assertThat(picture.member("m").orElseThrow().identity()).isEqualTo(generations.get(1));
        assertThat(picture.member("l")).isEmpty();
        assertThat(picture.member("z")).isEmpty();
        assertThat(picture.members()).isSortedAccordingTo((x, y) -> x.identity().compareTo(y.identity()));
    }

    @Test
    void showsTheServiceOnlyIfTheKeyHoldsOne() {
        ServiceInfo service = new ServiceInfo("searcher", true, 3, "127.0.0.1:80");
        ClusterPicture with = Samples.alone(0)
                .after(Samples.keys(
                        1, A, Samples.set("service", service.toJson().encode(), 2)));
        assertThat(with.member(A).orElseThrow().service()).contains(service);
        ClusterPicture garbage = with.after(Samples.keys(2, A, Samples.set("service", "api_gateway", 3)));
        assertThat(garbage.member(A).orElseThrow().service()).isEmpty();
        ClusterPicture deleted =
                with.after(Samples.keys(2, A, new KeyChange("service", "", 3, KeyChange.Kind.DELETED)));
        assertThat(deleted.member(A).orElseThrow().summary().service()).isNull();
    }

    @Test
    void readsItsOwnJson() {
        ClusterPicture picture =
                Samples.alone(4).after(Samples.joined(5, B)).after(Samples.keys(6, B, Samples.set("x", "1", -3)));
        JsonObject json = new JsonObject(picture.toJson().encode());
        ClusterPicture read = ClusterPicture.fromJson(json);
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(Samples.told(read)).isEqualTo(Samples.told(picture));
        assertThat(read.seedAddresses()).isEqualTo(picture.seedAddresses());
        assertThat(read.self()).isEqualTo(A);
    }

    private static MembersPublication change(
            long sequence, List<NodeIdentity> alive, List<NodeIdentity> dead, List<NodeIdentity> left) {
        return new MembersPublication(sequence, "c", List.of(), alive, dead, left, List.of(), List.of(A));
    }
}
