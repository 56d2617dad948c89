/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's commands as an operator starts them, against members that are processes of their own. */
@Timeout(600)
final class OperatorProcessIT {
    @Test
    void aProcessThatIsToldToLeaveSaysGoodbyeAndStops() {
        try (ChildProcess one = member("one");
                ChildProcess two = member("two", "--seed", one.awaitOut("gossip +udp://(\\S+)"))) {
            String url = one.awaitOut("(http://\\S+)/members");
            String other = two.awaitOut("(http://\\S+)/members");
            LocalNode.await(
                    "they meet",
                    () -> Run.of("members", "--timeout", "60s", "--url", url)
                                    .out()
                                    .contains("two  ")
                            && Run.of("members", "--timeout", "60s", "--url", other)
                                    .out()
                                    .contains("one  "));

            try (ChildProcess leave = ChildProcess.start(Map.of("GOSSIP_URL", other), "leave")) {
                assertThat(leave.status()).isZero();
            }

            assertThat(two.status()).isZero();
            LocalNode.await(
                    "it left",
                    () -> Run.of("members", "--timeout", "60s", "--all", "--url", url)
                            .out()
                            .contains("left"));
            assertThat(one.isAlive()).isTrue();
        }
    }

    private static ChildProcess member(String id, String... more) {
        String[] arguments = new String[more.length + 7];
        String[] first = {"node", "--node-id", id, "--listen-addr", "127.0.0.1:0", "--gossip-interval", "100ms"};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return ChildProcess.start(arguments);
    }
}
