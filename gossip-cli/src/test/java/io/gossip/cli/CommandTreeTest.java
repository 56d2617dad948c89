/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandTreeTest {
    @ParameterizedTest
    @CsvSource({"--help, --listen-addr", "-h, --listen_addr", "--version, gossip", "-V, gossip"})
    void answersOnStandardOutput(String option, String expected) {
        Run run = Run.of(option);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(expected);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"node, --gossip-interval", "demo, five members", "decode, --lines"})
    void explainsEachCommand(String command, String expected) {
        Run run = Run.of(command, "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("gossip " + command).contains(expected);
        assertThat(run.err()).isEmpty();
    }
}
