/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatagramJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("valid")
    void describesAVectorMemberByMember(Path file) throws IOException {
        JsonNode vector = JSON.readTree(file.toFile());
        DatagramJson.Result result = DatagramJson.describe(datagram(vector));
        assertThat(result).isInstanceOfSatisfying(DatagramJson.Described.class, described -> {
            assertThat(described.json()).isEqualTo(vector.get("decoded"));
            // As text, so that the order of members counts as well.
            assertThat(described.json().toString())
                    .isEqualTo(vector.get("decoded").toString());
        });
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAMalformedVectorWithItsCode(Path file) throws IOException {
        JsonNode vector = JSON.readTree(file.toFile());
        DatagramJson.Result result = DatagramJson.describe(datagram(vector));
        assertThat(result).isInstanceOfSatisfying(DatagramJson.Refused.class, refused -> {
            JsonNode error = DatagramJson.toJson(refused.reason()).get("error");
            assertThat(error.get("code")).isEqualTo(vector.get("code"));
            assertThat(error.get("offset").isInt()).isTrue();
            assertThat(error.get("message").textValue()).isNotBlank();
        });
    }

    private static byte[] datagram(JsonNode vector) {
        return HexFormat.of().parseHex(vector.get("hex").textValue());
    }

    private static List<Path> valid() throws IOException, URISyntaxException {
        return files("/vectors/valid");
    }

    private static List<Path> malformed() throws IOException, URISyntaxException {
        return files("/vectors/malformed");
    }

    private static List<Path> files(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(DatagramJsonTest.class.getResource(folder))
                .toURI());
        try (Stream<Path> files = Files.list(path)) {
            List<Path> sorted = new ArrayList<>(files.sorted().toList());
            assertThat(sorted).isNotEmpty();
            return sorted;
        }
    }
}
