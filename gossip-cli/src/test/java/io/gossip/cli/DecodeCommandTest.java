/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodeCommandTest {
    // A BadCluster datagram is a header and nothing else.
    private static final String HEX = "53b00003";
    private static final byte[] RAW = {0x53, (byte) 0xb0, 0, 3};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void decodesTheHexGiven() throws IOException {
        assertIsTheDatagram(Run.of("decode", "--hex", HEX));
        assertIsTheDatagram(Run.of("decode", "--hex=53 B0 00\n03"));
    }

    @Test
    void decodesRawBytes() throws IOException {
        assertIsTheDatagram(Run.of(RAW, "decode", "-"));
        assertIsTheDatagram(Run.of(RAW, "decode"));
        assertIsTheDatagram(Run.of(RAW, "decode", "--file", "-"));
        assertIsTheDatagram(Run.of("decode", "--file", file(RAW)));
    }

    @Test
    void decodesHexTextFromAFileOrStandardInput() throws IOException {
        byte[] text = "  53b0\n0003\r\n".getBytes(US_ASCII);

        assertIsTheDatagram(Run.of(text, "decode", "--hex"));
        assertIsTheDatagram(Run.of(text, "decode", "--hex", "-"));
        assertIsTheDatagram(Run.of(text, "decode", "-", "--hex"));
        assertIsTheDatagram(Run.of("decode", "--hex", "--file", file(text)));
        assertIsTheDatagram(Run.of("decode", "--file", file(text), "--hex"));
    }

    @Test
    void saysWhatIsMalformed() {
        Run run = Run.of("decode", "--hex", "");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).matches("SHORT_HEADER at offset \\d+: .+\n");
        assertThat(Run.of("decode", "--hex=").err()).startsWith("SHORT_HEADER");
        assertThat(Run.of("decode", "-").err()).startsWith("SHORT_HEADER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "xy", "53b0\u00e9", "0x53", "53,b0"})
    void refusesWhatIsNotHex(String hex) {
        Run run = Run.of("decode", "--hex", hex);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("gossip: ").hasLineCount(1);
    }

    @Test
    void refusesTextThatIsNotHex() {
        assertThat(Run.of("zz".getBytes(US_ASCII), "decode", "--hex").status()).isEqualTo(2);
    }

    @Test
    void refusesSeveralSources() throws IOException {
        assertThat(Run.of("decode", "--hex", HEX, "--file", file(RAW)).status()).isEqualTo(2);
        assertThat(Run.of("decode", "--file", file(RAW), "-").status()).isEqualTo(2);
        assertThat(Run.of("decode", "--hex", HEX, "-").status()).isEqualTo(2);
        assertThat(Run.of("decode", "--lines", "--hex", HEX).status()).isEqualTo(2);
        assertThat(Run.of("decode", "datagram.bin").status()).isEqualTo(2);
    }

    @Test
    void saysWhichFileCannotBeRead() {
        String file = directory.resolve("absent").toString();
        Run run = Run.of("decode", "--file", file);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("gossip: cannot read " + file + ": no such file\n");
        assertThat(Run.of("decode", "--file", directory.toString()).err()).hasLineCount(1);
    }

    @Test
    void answersEachLineWithALine() throws JsonProcessingException {
        Run run = Run.of((HEX + "\n\r\n53\nno hex\n" + HEX).getBytes(US_ASCII), "decode", "--lines");
        List<String> lines = run.out().lines().toList();

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(lines).hasSize(5);
        assertThat(json(lines.get(0)).path("type").asText()).isEqualTo("BadCluster");
        assertThat(json(lines.get(1)).at("/error/code").asText()).isEqualTo("SHORT_HEADER");
        assertThat(json(lines.get(2)).at("/error/code").asText()).isEqualTo("SHORT_HEADER");
        assertThat(json(lines.get(2)).at("/error/offset").isInt()).isTrue();
        assertThat(json(lines.get(2)).at("/error/message").asText()).isNotEmpty();
        assertThat(json(lines.get(3)).at("/error/code").asText()).isEqualTo("BAD_HEX");
        assertThat(lines.get(4)).isEqualTo(lines.get(0));
    }

    @Test
    void answersNoLinesWithNothing() {
        assertThat(Run.of("decode", "--lines").out()).isEmpty();
    }

    private static void assertIsTheDatagram(Run run) throws JsonProcessingException {
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(json(run.out()).path("type").asText()).isEqualTo("BadCluster");
        assertThat(run.out()).endsWith("}\n").hasLineCount(6);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private String file(byte[] content) throws IOException {
        return Files.write(directory.resolve("datagram"), content).toString();
    }
}
