/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.ByteArrayOutputStream;

/** Bytes as hexadecimal digits of either case; white space between digits does not count. */
final class HexText {
    private HexText() {}

    /**
     * Text that is not hexadecimal.
     */
    static final class NotHexException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        NotHexException(int offset, String message) {
            super(message);
            this.offset = offset;
        }

        /** {@return index of the offending character} */
        int offset() {
            return offset;
        }
    }

    /**
     * Reads hexadecimal text.
     *
     * @throws NotHexException naming the character and its place
     */
    static byte[] parse(String text) throws NotHexException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 2);
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                continue;
            }
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new NotHexException(i, "not a hexadecimal digit at character " + i + ": " + shown(c));
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write((high << 4) | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw new NotHexException(text.length(), "an odd number of hexadecimal digits");
        }
        return bytes.toByteArray();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }
}
