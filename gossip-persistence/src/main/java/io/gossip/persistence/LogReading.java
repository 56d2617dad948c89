/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemoryImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What can be read from a log, and what is wrong with it.
 *
 * @param image all records that are whole, in order
 * @param format whether the first line names a format that this version reads
 * @param damagedLines whole lines that hold no record
 * @param cutBytes bytes behind the last line feed: a write that was interrupted, so that nobody was told it was done
 */
record LogReading(MemoryImage image, Format format, long damagedLines, long cutBytes) {
    /** The first line of a log. */
    static final byte[] HEADER = "gossip-member 1\n".getBytes(StandardCharsets.US_ASCII);

    private static final String MAGIC = "gossip-member ";

    /** An entry is far smaller; without a limit, a file without line feeds would fill the heap. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    /** What the first line says. */
    enum Format {
        /** The present one. */
        KNOWN,
        /** One that a later version writes. */
        LATER,
        /** None. */
        UNREADABLE
    }

    static LogReading of(InputStream file) throws IOException {
        InputStream in = new BufferedInputStream(file, 1 << 16);
        MemoryImage image = new MemoryImage();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        Format format = format(nextLine(in, line), line.toByteArray());
        if (format == Format.LATER) {
            return new LogReading(image, format, 0, 0);
        }
        long damaged = 0;
        while (nextLine(in, line)) {
            Optional<MemberRecord> record = RecordLine.read(line.toByteArray());
            record.ifPresent(image::add);
            damaged += record.isPresent() ? 0 : 1;
        }
        return new LogReading(image, format, damaged, line.size());
    }

    /** Whether the file should be looked at by someone. */
    boolean isDamaged() {
        return format == Format.UNREADABLE || damagedLines > 0;
    }

    private static Format format(boolean whole, byte[] firstLine) {
        if (whole && Arrays.equals(firstLine, 0, firstLine.length, HEADER, 0, HEADER.length - 1)) {
            return Format.KNOWN;
        }
        String text = new String(firstLine, StandardCharsets.US_ASCII);
        return whole && text.matches(MAGIC + "[1-9][0-9]{0,8}") ? Format.LATER : Format.UNREADABLE;
    }

    /** Reads up to a line feed, which is left out; false if the file ends before one. */
    private static boolean nextLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return true;
            }
            if (line.size() < MAX_LINE_BYTES) {
                line.write(b);
            }
        }
        return false;
    }
}
