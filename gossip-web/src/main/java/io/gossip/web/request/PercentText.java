/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoded text, decoded strictly: what a lenient reader would silently change (a broken escape, bytes that are not
 * UTF-8) would end up as another key or value than the client meant.
 */
final class PercentText {
    private PercentText() {}

    /**
     * Decodes a part of a path.
     *
     * @param encoded one char for each byte
     * @return the text
     * @throws ProblemException 400 if it is malformed
     */
    static String ofPath(String encoded) {
        return decode(encoded, false, "the path");
    }

    /**
     * Decodes a name or value of a query or form, where a plus sign is a space.
     *
     * @param encoded one char for each byte
     * @return the text
     * @throws ProblemException 400 if it is malformed
     */
    static String ofForm(String encoded) {
        return decode(encoded, true, "a parameter");
    }

    private static String decode(String encoded, boolean plusIsSpace, String where) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes[length++] = escaped(encoded, i, where);
                i += 2;
            } else if (c > 0xff) {
                throw new ProblemException(400, where + " holds a character that must be percent-encoded");
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, where + " is not valid UTF-8");
        }
    }

    private static byte escaped(String encoded, int at, String where) {
        int high = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
        int low = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new ProblemException(400, where + " holds a '%' that two hexadecimal digits do not follow");
        }
        return (byte) (high << 4 | low);
    }
}
