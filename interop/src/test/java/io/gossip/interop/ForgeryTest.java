/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lies about a Rust member, told to a Java member. */
@WithRust
@Timeout(600)
class ForgeryTest {
    /** Longer than a silenced member takes to be found dead: phi 12 times a mean gap below 100 ms. */
    private static final int WATCHED_ROUNDS = 25;

    /** Who lies. */
    enum Liar {
        STRANGER,
        LIVE_MEMBER
    }

    @ParameterizedTest
    @CsvSource({
        "STRANGER,    500,                  V0_IPV4",
        "STRANGER,    100000,               V1_IPV6",
        "STRANGER,    9223372036854775808,  V0_IPV6",
        "STRANGER,    18446744073709551615, V1_IPV4",
        "LIVE_MEMBER, 500,                  V1_IPV4",
        "LIVE_MEMBER, 100000,               V0_IPV6",
        "LIVE_MEMBER, 9223372036854775808,  V1_IPV6",
        "LIVE_MEMBER, 18446744073709551615, V0_IPV4",
    })
    void aForgedHeartbeatDoesNotSilenceARustMember(Liar liar, String jump, Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("j1", setting));
        RustPeer rust = cluster.rust(steady("r1", setting).seedNode(java));
        JavaPeer javaWitness = cluster.java(steady("j2", setting).seedNode(java));
        RustPeer rustWitness = cluster.rust(steady("r2", setting).seedNode(java));
        Peer[] honest = {java, rust, javaWitness, rustWitness};
        Cluster.awaitAllLive(honest);
        Stranger voice = voiceOf(liar, java, setting, cluster);

        long believed = java.view().of(rust.identity()).heartbeat();
        long lie = Long.parseUnsignedLong(jump);
        long forged = Long.compareUnsigned(lie, 1_000_000) < 0 ? believed + lie : lie;
        voice.synAnswered(java.address(), List.of(new NodeDigest(rust.identity(), forged, 0, 0)));

        assertStayLive(java, honest);
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_IPV4", "V1_IPV6"})
    void aForgedDeltaOfAStrangerChangesNothing(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("j1", setting));
        RustPeer rust = cluster.rust(steady("r1", setting).seedNode(java).keyValue("own", "true"));
        RustPeer rustWitness = cluster.rust(steady("r2", setting).seedNode(java));
        Peer[] honest = {java, rust, rustWitness};
        Cluster.awaitAllLive(honest);
        Stranger stranger = voiceOf(Liar.STRANGER, java, setting, cluster);

        stranger.ack(java.address(), resetOf(rust.identity()));
        Await.until(() -> assertThat(java.stats().nodeDeltasIgnored()).isPositive());

        assertStayLive(java, honest);
        for (Peer reader : honest) {
            View.Known known = reader.view().of(rust.identity());
            assertThat(known.entries()).as("at %s", reader).containsOnlyKeys("own");
            assertThat(known.maxVersion()).isEqualTo(1);
            assertThat(known.lastGcVersion()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_IPV4", "V1_IPV6"})
    void aForgedDeltaOfALiveMemberDoesNotReachTheOneItIsAbout(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("j1", setting));
        RustPeer rust = cluster.rust(steady("r1", setting).seedNode(java).keyValue("own", "true"));
        Cluster.awaitAllLive(java, rust);
        Stranger member = voiceOf(Liar.LIVE_MEMBER, java, setting, cluster);

        member.ack(java.address(), resetOf(rust.identity()));
        Await.until(
                () -> assertThat(java.view().valueOf(rust.identity(), "own")).isEqualTo("false"));

        assertStayLive(java, java, rust);
        View.Known known = rust.view().of(rust.identity());
        assertThat(known.entries()).containsOnlyKeys("own");
        assertThat(known.maxVersion()).isEqualTo(1);
        assertThat(rust.view().valueOf(rust.identity(), "own")).isEqualTo("true");
    }

    private static PeerOptions steady(String nodeId, Setting setting) {
        return new PeerOptions(nodeId, setting).phiThreshold(12);
    }

    private static Stranger voiceOf(Liar liar, Peer listener, Setting setting, Cluster cluster) {
        return switch (liar) {
            case STRANGER -> {
                Stranger stranger = new Stranger(setting);
                cluster.atTheEnd(stranger::close);
                yield stranger;
            }
            case LIVE_MEMBER -> {
                FakeMember fake = FakeMember.liveAt(listener, setting);
                cluster.atTheEnd(fake::close);
                yield fake.voice();
            }
        };
    }

    private static NodeDelta resetOf(NodeIdentity victim) {
        long gcVersion = 1_000_000_000;
        KeyMutation forged = new KeyMutation("own", "false", gcVersion + 1, EntryStatus.SET);
        return new NodeDelta(victim, gcVersion, 0, List.of(forged), forged.version());
    }

    private static void assertStayLive(JavaPeer clock, Peer... honest) {
        List<NodeIdentity> all = Stream.of(honest).map(Peer::identity).toList();
        long end = clock.stats().rounds() + WATCHED_ROUNDS;
        while (clock.stats().rounds() < end) {
            for (Peer peer : honest) {
                assertThat(peer.view().live()).as("live to %s", peer).containsAll(all);
            }
        }
    }
}
