/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program from outside: arguments, exit status, what goes where. */
final class ProgramIT {
    /** The Syn of wire format §13. */
    private static final String SYN = "53b00000" + "0100" + "02006e31" + "0100000000000000" + "047f000001701c"
            + "0200000000000000" + "0000000000000000" + "0000000000000000" + "0900636c75737465722d61";

    @Test
    void decodesADatagram() throws JsonProcessingException {
        Run run = ChildProcess.run("", "decode", "--hex", SYN);
        JsonNode json = new ObjectMapper().readTree(run.out());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(json.path("type").asText()).isEqualTo("Syn");
        assertThat(json.path("clusterId").asText()).isEqualTo("cluster-a");
        assertThat(json.at("/digest/entries/0/nodeId").asText()).isEqualTo("n1");
    }

    @Test
    void decodesLines() {
        Run run = ChildProcess.run(SYN + "\n\n53b00003\n", "decode", "--lines");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                .element(1)
                .asString()
                .startsWith("{\"error\":{\"code\":\"SHORT_HEADER\"");
    }

    @Test
    void writesUtf8InTheLocaleC() {
        // A Syn with no digest and the cluster id "ü☃".
        Run run = ChildProcess.run("", "decode", "--hex", "53b00000" + "0000" + "0500c3bce29883");

        assertThat(run.out()).contains("\"\u00fc\u2603\"");
    }

    @Test
    void readsArgumentsAsUtf8InTheLocaleC() {
        assertThat(ChildProcess.run("", "--\u00fcber").err())
                .isEqualTo("gossip: Unknown option: '--\u00fcber' (see gossip --help)\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1, decode --hex 53b0",
        "1, decode --file /no/such/file",
        "2, decode --hex 5",
        "2, --bogus",
        "2, bogus",
        "2, node --gossip-interval soon",
        "2, node --gossip-addr 0.0.0.0:0",
        "2, node --service toaster",
        "1, node --listen-addr no-such-host.invalid:0"
    })
    void complainsInOneLine(int status, String args) {
        Run run = ChildProcess.run("", args.split(" "));

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).endsWith("\n");
    }

    @Test
    void showsItsVersion() {
        Run run = ChildProcess.run("", "--version");

        assertThat(run.out()).matches("gossip \\d+\\.\\d+\\..+\n");
        assertThat(run.status()).isZero();
    }
}
