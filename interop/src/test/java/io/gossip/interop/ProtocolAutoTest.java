/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.wire.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members of ours that choose the version by whom they find: beside Rust members that read V0 alone, and that read V1. */
@WithRust
@Timeout(300)
class ProtocolAutoTest {
    private static final int ROUNDS = 30;

    @Test
    void opensInV0BesideAnOldMemberAndInV1WithoutIt(Cluster cluster) {
        OldProgram program = new OldProgram();
        cluster.atTheEnd(program::close);
        RustPeer old = cluster.rust(options("old").advertise(program.address()));
        program.standBefore(old.listening());
        JavaPeer one = cluster.java(options("one").protocolAuto().seedNode(old));
        JavaPeer two = cluster.java(options("two").protocolAuto().seedNode(one));

        Cluster.awaitAllLive(old, one, two);
        // Long enough that each has asked the old member whether it reads V1.
        long rounds = Math.max(one.stats().rounds(), two.stats().rounds());
        int passed = program.passed();
        Await.until(() -> {
            assertThat(one.stats().rounds()).isGreaterThan(rounds + ROUNDS);
            assertThat(two.stats().rounds()).isGreaterThan(rounds + ROUNDS);
            assertThat(program.lost()).as("questions in V1").isPositive();
        });
        Await.until(() -> {
            Cluster.assertAllLive(old, one, two);
            assertThat(one.initiates()).isEqualTo(ProtocolVersion.V0);
            assertThat(two.initiates()).isEqualTo(ProtocolVersion.V0);
        });
        assertThat(program.passed()).as("what it reads").isGreaterThan(passed);
        spreads(one, old);
        spreads(old, two);

        old.kill();
        Await.until(() -> {
            assertThat(one.initiates()).isEqualTo(ProtocolVersion.V1);
            assertThat(two.initiates()).isEqualTo(ProtocolVersion.V1);
        });

        // It opens in V0, and reads V1 like every program of its version.
        RustPeer recent = cluster.rust(options("recent").seedNode(one));
        Cluster.awaitAllLive(recent, one, two);
        Await.until(() -> {
            assertThat(one.initiates()).isEqualTo(ProtocolVersion.V1);
            assertThat(two.initiates()).isEqualTo(ProtocolVersion.V1);
        });
        spreads(two, recent);
        spreads(recent, one);
    }

    private static void spreads(Peer writer, Peer reader) {
        writer.set("to " + reader.nodeId(), "hello");
        Await.until(() -> assertThat(reader.view().valueOf(writer.identity(), "to " + reader.nodeId()))
                .isEqualTo("hello"));
    }

    private static PeerOptions options(String nodeId) {
        return new PeerOptions(nodeId, Setting.V0_IPV4);
    }
}
