/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class ForegroundTest {
    @Test
    void whatOnlyTheStartFindsWrongWithAnOptionIsWrongUsage() {
        assertThat(Foreground.translated(new RuntimeException(new IllegalArgumentException("a wildcard"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a wildcard");
        assertThat(Foreground.translated(new BindException("in use"))).isInstanceOf(RunException.class);
    }

    @Test
    void addressesAreNamedAsTheOptionsThatSetThem() {
        assertThat(Foreground.translated(new BindException("in use; set another listenAddress")))
                .hasMessage("in use; set another --gossip-addr");
        assertThat(Foreground.translated(new IllegalStateException("in use, set another host or port")))
                .hasMessage("in use, set another --listen-addr");
        assertThat(Foreground.translated(new IllegalArgumentException("advertiseAddress must not be a wildcard")))
                .hasMessage("--advertise-addr must not be a wildcard");
    }

    @Test
    void anUnexpectedFailureComesOutAndLeavesNoHookThatWouldEndTheProcessAsIfAllWereWell() {
        PrintStream sink = new PrintStream(new ByteArrayOutputStream());

        assertThatThrownBy(() -> Foreground.run(new Streams(System.in, sink, sink), process -> {
                    throw new IllegalStateException("unexpected");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unexpected");
    }
}
