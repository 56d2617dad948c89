/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the doctor finds at real nodes, and that it finds nothing at healthy ones. */
@Timeout(600)
final class DoctorIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        LocalNode.await(vertx.close());
    }

    private LocalNode node(String name) {
        return new LocalNode(vertx, name);
    }

    private static void assertFinds(Run run, String... texts) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(texts).doesNotContain("nothing is wrong");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void findsNothingInAHealthyCluster() {
        LocalNode one = node("one").start();
        LocalNode two = node("two").seedNodes(one.gossipAddress()).start();
        LocalNode three = node("three").seedNodes(one.gossipAddress()).start();
        for (LocalNode each : new LocalNode[] {one, two, three}) {
            each.awaitLive("one").awaitLive("two").awaitLive("three");
            LocalNode.await(
                    "HTTP addresses are known", () -> !each.run("members").out().contains("  -\n"));
        }

        for (LocalNode each : new LocalNode[] {one, two, three}) {
            Run run = each.run("doctor");

            assertThat(run.out()).isEqualTo("nothing is wrong with " + each.url() + "\n");
            assertThat(run.status()).isZero();
            assertThat(each.run("doctor", "--json").out()).isEqualTo("{\"healthy\":true,\"findings\":[]}\n");
        }
    }

    @Test
    void findsAWrongAdvertiseAddress() {
        LocalNode one = node("one").start();
        int nobody = FreePorts.next();
        LocalNode two = node("two").seedNodes(one.gossipAddress());
        two.node.setAdvertiseAddress("127.0.0.1:" + nobody);
        two.start().awaitLive("one");
        LocalNode.await(
                "HTTP of the other is known",
                () -> two.run("keys", "one", "--reserved").out().contains("gossip:http"));

        assertFinds(
                two.run("doctor"),
                "problem: nobody listens at the advertised address 127.0.0.1:" + nobody,
                "--advertise-addr");
    }

    @Test
    void findsUdpBlockedBeforeASeedNodeAtWhichTcpWorks() throws IOException {
        try (ServerSocket tcp = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress());
                DatagramSocket mute = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
            String silent = "127.0.0.1:" + tcp.getLocalPort();
            LocalNode one = node("one").seedNodes(silent).start();

            assertFinds(
                    one.run("doctor", "--patience", "100ms"),
                    "problem: seed node " + silent + " answers TCP but not UDP",
                    "let UDP through",
                    "problem: the node is alone");
            assertThat(mute.isBound()).isTrue();
        }
    }

    @Test
    void findsAClosedPort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress())) {
            LocalNode one =
                    node("one").seedNodes("127.0.0.1:" + tcp.getLocalPort()).start();

            assertFinds(one.run("doctor"), "answers TCP but not UDP");
        }
        LocalNode two = node("two").seedNodes("127.0.0.1:" + FreePorts.next()).start();
        assertFinds(two.run("doctor"), "warning: seed node 127.0.0.1:", "does not answer", "start it");
    }

    @Test
    void findsASeedNodeOfAnotherCluster() {
        LocalNode stranger = node("stranger");
        stranger.node.setClusterId("elsewhere");
        stranger.start();
        LocalNode one = node("one").seedNodes(stranger.gossipAddress()).start();
        LocalNode two = node("two").seedNodes(one.gossipAddress()).start();
        two.awaitLive("one");
        one.awaitLive("two");

        assertFinds(
                one.run("doctor"),
                "problem: seed node " + stranger.gossipAddress() + " belongs to another cluster than 'default-cluster'",
                "--cluster-id");
        assertThat(stranger.run("members", "--all").out()).hasLineCount(2); // and nobody was let in for being asked
    }

    @Test
    void findsThatALonelyNodeIsOfAnotherClusterThanItsSeedNode() {
        LocalNode stranger = node("stranger");
        stranger.node.setClusterId("elsewhere");
        stranger.start();
        LocalNode one = node("one").seedNodes(stranger.gossipAddress()).start();
        one.awaitRefusal();

        assertFinds(one.run("doctor"), "belongs to another cluster than 'default-cluster'", "--cluster-id");
    }

    @Test
    void doesNotMakeALonelyNodeReady() {
        LocalNode one = node("one").seedNodes("127.0.0.1:" + FreePorts.next()).start();

        assertFinds(one.run("doctor"), "warning: the node is not ready: no peer has answered yet");
        Run again = one.run("doctor");
        assertFinds(again, "warning: the node is not ready: no peer has answered yet");
        assertThat(again.out()).doesNotContain("advertised address"); // there, it did answer
    }
}
