/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gossip.cli.decode.DatagramJson;
import io.gossip.core.wire.Malformed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Datagrams in hex, one a line, to JSON, one a line. A line that cannot be decoded yields an error object. */
final class LineDecoder {
    private static final String BAD_HEX = "BAD_HEX";

    private final ObjectMapper mapper = new ObjectMapper();
    private final BufferedReader lines;
    private final PrintStream out;

    LineDecoder(InputStream in, PrintStream out) {
        // Every byte is a character here: what is not hexadecimal is reported, not replaced.
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        this.out = out;
    }

    /** {@return the exit status, which is 0 whatever the lines hold} */
    int run() throws IOException {
        StringBuilder pending = new StringBuilder();
        for (String line = lines.readLine(); line != null && !out.checkError(); line = lines.readLine()) {
            pending.append(answer(line)).append('\n');
            // Whoever waits for the answer to this line before writing the next must get it now.
            if (pending.length() >= 1 << 16 || !lines.ready()) {
                out.print(pending);
                out.flush();
                pending.setLength(0);
            }
        }
        out.print(pending);
        out.flush();
        return 0;
    }

    private String answer(String line) throws JsonProcessingException {
        try {
            DatagramJson.Result result = DatagramJson.describe(HexText.parse(line));
            return mapper.writeValueAsString(
                    result instanceof DatagramJson.Refused refused
                            ? error(refused.reason())
                            : ((DatagramJson.Described) result).json());
        } catch (HexText.NotHexException e) {
            return mapper.writeValueAsString(error(BAD_HEX, e.offset(), e.getMessage()));
        }
    }

    private ObjectNode error(Malformed malformed) {
        return error(malformed.error().name(), malformed.offset(), malformed.reason());
    }

    private ObjectNode error(String code, int offset, @Nullable String message) {
        ObjectNode answer = mapper.createObjectNode();
        answer.putObject("error").put("code", code).put("offset", offset).put("message", message);
        return answer;
    }
}
