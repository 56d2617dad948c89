/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** V1 while every live member is known to read it, V0 otherwise; nobody dies of a question. */
class ProtocolAutoTest {
    private final VirtualCluster cluster = new VirtualCluster(4711);
    private final List<VirtualCluster.Node> nodes = new ArrayList<>();

    private VirtualCluster.Node start(int port, ProtocolChoice choice) {
        VirtualCluster.Node node =
                cluster.start("n" + port, 1, port, Map.of(), b -> b.protocolVersion(choice), port == 1 ? 2 : 1);
        nodes.add(node);
        return node;
    }

    private VirtualCluster.Node startReadingOnlyV0(int port) {
        cluster.readOnlyV0.add(VirtualCluster.address(port));
        return start(port, ProtocolChoice.V0);
    }

    private static ProtocolVersion version(VirtualCluster.Node node) {
        return node.with(ClusterAccess::protocolVersion);
    }

    private static List<Effect.Send> synsInV1(VirtualCluster.Node node) {
        return node.effects.stream()
                .filter(effect -> effect instanceof Effect.Send send
                        && send.type() == EngineStats.DatagramType.SYN
                        && send.datagram()[2] == ProtocolVersion.V1.code())
                .map(Effect.Send.class::cast)
                .toList();
    }

    private void assertNobodyDied() {
        for (VirtualCluster.Node node : nodes) {
            assertThat(node.events).noneMatch(event -> event instanceof ClusterEvent.MemberDead);
        }
    }

    @Test
    void aNodeAloneOpensHandshakesInV0() {
        VirtualCluster.Node node = start(1, ProtocolChoice.AUTO);
        cluster.run(Duration.ofSeconds(10));
        assertThat(version(node)).isEqualTo(ProtocolVersion.V0);
        assertThat(synsInV1(node)).isEmpty();
    }

    @Test
    void goesOverToV1AmongMembersThatReadItWhateverTheyUseThemselves() {
        VirtualCluster.Node auto = start(1, ProtocolChoice.AUTO);
        start(2, ProtocolChoice.AUTO);
        start(3, ProtocolChoice.V0);
        start(4, ProtocolChoice.V1);
        cluster.run(Duration.ofSeconds(10));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V1);
        assertThat(auto.live()).hasSize(4);
        assertNobodyDied();
    }

    @Test
    void staysInV0BesideAMemberThatCannotReadV1AndAsksItLessAndLess() {
        VirtualCluster.Node auto = start(1, ProtocolChoice.AUTO);
        start(2, ProtocolChoice.AUTO);
        VirtualCluster.Node old = startReadingOnlyV0(3);
        cluster.run(Duration.ofMinutes(10));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V0);
        assertThat(auto.live()).hasSize(3);
        long rounds = auto.with(ClusterAccess::stats).rounds();
        long asked = synsInV1(auto).stream()
                .filter(syn -> syn.target().equals(old.address))
                .count();
        assertThat(rounds).isGreaterThan(5_000);
        assertThat(asked).isBetween(8L, 9 + rounds / 512);
        assertNobodyDied();
    }

    @Test
    void fallsBackWhenAMemberJoinsThatCannotReadV1AndReturnsWhenItHasGone() {
        VirtualCluster.Node auto = start(1, ProtocolChoice.AUTO);
        start(2, ProtocolChoice.AUTO);
        cluster.run(Duration.ofSeconds(10));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V1);

        VirtualCluster.Node old = startReadingOnlyV0(3);
        cluster.run(Duration.ofSeconds(30));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V0);
        assertThat(auto.live()).hasSize(3);
        assertThat(old.live()).hasSize(3);
        assertNobodyDied();

        old.stop();
        cluster.runUntil(() -> version(auto) == ProtocolVersion.V1, Duration.ofMinutes(5));
        assertThat(auto.live()).hasSize(2);
    }

    @Test
    void oneForgedDatagramKeepsNobodyFromAMemberThatCannotReadV1ForEver() {
        VirtualCluster.Node auto = start(1, ProtocolChoice.AUTO);
        VirtualCluster.Node other = start(2, ProtocolChoice.AUTO);
        VirtualCluster.Node old = startReadingOnlyV0(3);
        cluster.run(Duration.ofMinutes(2));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V0);

        byte[] spoken = synsInV1(other).get(0).datagram();
        cluster.deliver(old.address, auto.address, spoken);
        cluster.runUntil(() -> version(auto) == ProtocolVersion.V1, Duration.ofSeconds(5));

        cluster.runUntil(() -> version(auto) == ProtocolVersion.V0, Duration.ofMinutes(5));
        assertNobodyDied();
    }

    @Test
    void believesAMemberThatSaysItReadsV1WithoutAsking() {
        VirtualCluster.Node auto = start(1, ProtocolChoice.AUTO);
        auto.with(a -> a.setReserved(ReservedKeys.PROTOCOL, Optional.of("0,1")));
        VirtualCluster.Node other = start(2, ProtocolChoice.V0);
        other.with(a -> a.setReserved(ReservedKeys.PROTOCOL, Optional.of("0,1")));
        cluster.run(Duration.ofSeconds(5));
        assertThat(version(auto)).isEqualTo(ProtocolVersion.V1);
    }

    @Test
    void maySwitchWhileItRuns() {
        VirtualCluster.Node node = start(1, ProtocolChoice.V0);
        start(2, ProtocolChoice.V0);
        cluster.run(Duration.ofSeconds(5));
        node.reconfigure(b -> b.protocolVersion(ProtocolChoice.AUTO));
        cluster.run(Duration.ofSeconds(5));
        assertThat(version(node)).isEqualTo(ProtocolVersion.V1);
        node.reconfigure(b -> b.protocolVersion(ProtocolChoice.V0));
        assertThat(version(node)).isEqualTo(ProtocolVersion.V0);
    }
}
