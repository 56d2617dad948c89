/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The five members of the demonstration on ports that are free here. */
@Timeout(600)
final class DemoIT {
    private static final int MEMBERS = 5;

    @Test
    void startsFiveMembersAndSaysWhereTheyAre() throws Exception {
        int http = freePorts(20_100, 0);
        int gossip = freePorts(http + MEMBERS, 0);
        MemberProcess process = new MemberProcess();
        try {
            List<String> lines = await(new DemoCluster(process, http, gossip, 10).start());

            for (int i = 0; i < MEMBERS; i++) {
                assertThat(lines).contains("  http://127.0.0.1:" + (http + i) + "/members");
            }
            assertThat(String.join("\n", lines))
                    .contains("http://127.0.0.1:" + http + "/update_service?service_type=")
                    .contains("http://127.0.0.1:" + http + "/dashboard");
        } finally {
            await(process.stop());
        }
    }

    @Test
    void failsWhenAPortIsInUse() throws Exception {
        int http = freePorts(21_100, 0);
        int gossip = freePorts(http + MEMBERS, 0);
        MemberProcess process = new MemberProcess();
        try (DatagramSocket taken = new DatagramSocket(loopback(gossip + 1))) {
            Future<List<String>> started = new DemoCluster(process, http, gossip, 10).start();

            assertThat(started.map("started")
                            .otherwise(Throwable::getMessage)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(ChildProcess.MAX_WAIT_SECONDS, TimeUnit.SECONDS))
                    .contains("127.0.0.1:" + taken.getLocalPort())
                    .contains("is in use")
                    .doesNotContain("--");
        } finally {
            await(process.stop());
        }
    }

    /** The first of five consecutive ports that are free for UDP and TCP. */
    private static int freePorts(int from, int found) {
        int candidate = from + found;
        if (found == MEMBERS) {
            return from;
        }
        try (DatagramSocket udp = new DatagramSocket(loopback(candidate));
                ServerSocket tcp = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
            return freePorts(from, udp.isBound() && tcp.isBound() ? found + 1 : 0);
        } catch (IOException e) {
            return freePorts(candidate + 1, 0);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(ChildProcess.MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
