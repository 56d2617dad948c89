/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.transport.store.MemberRecord;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record as a line of text: the CRC-32C of the JSON in eight hexadecimal digits, a space, the JSON, a line feed. JSON
 * writes line feeds inside of text as {@code \n}, so a line feed always ends a line.
 */
final class RecordLine {
    private static final int JSON_AT = 9;

    private RecordLine() {}

    static byte[] write(List<MemberRecord> records) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            write(records, lines);
        } catch (IOException e) {
            throw new AssertionError("in memory", e);
        }
        return lines.toByteArray();
    }

    static void write(List<MemberRecord> records, OutputStream out) throws IOException {
        for (MemberRecord record : records) {
            byte[] json = RecordJson.write(record).encode().getBytes(StandardCharsets.UTF_8);
            out.write("%08x ".formatted(crc(json, 0, json.length)).getBytes(StandardCharsets.US_ASCII));
            out.write(json);
            out.write('\n');
        }
    }

    /** Reads a line without its line feed; empty if it is damaged. */
    static Optional<MemberRecord> read(byte[] line) {
        if (line.length < JSON_AT || line[JSON_AT - 1] != ' ') {
            return Optional.empty();
        }
        try {
            String digits = new String(line, 0, JSON_AT - 1, StandardCharsets.US_ASCII);
            if (Integer.parseUnsignedInt(digits, 16) != crc(line, JSON_AT, line.length - JSON_AT)) {
                return Optional.empty();
            }
            String json = new String(line, JSON_AT, line.length - JSON_AT, StandardCharsets.UTF_8);
            return Optional.of(RecordJson.read(new JsonObject(json)));
        } catch (RuntimeException e) { // whatever a parser says about something that is none of our lines
            return Optional.empty();
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
