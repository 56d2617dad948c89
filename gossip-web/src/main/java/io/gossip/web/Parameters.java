/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read strictly: what a lenient reader would silently change (a broken escape, bytes that
 * are not UTF-8, a semicolon taken for a separator) would end up as another key or value than the client meant.
 *
 * <p>Only the names asked for are kept, so that a long query of nonsense costs nothing.
 */
final class Parameters {
    private final Set<String> names;
    private final Map<String, String> values = new HashMap<>();

    Parameters(Set<String> names) {
        this.names = names;
    }

    /**
     * Adds parameters in the form of {@code application/x-www-form-urlencoded}.
     *
     * @param encoded one char for each byte; null for none
     * @return this
     * @throws ProblemException 400 if it is malformed or gives one of the names twice
     */
    Parameters add(@Nullable String encoded) {
        if (encoded == null) {
            return this;
        }
        int from = 0;
        while (from <= encoded.length()) {
            int separator = encoded.indexOf('&', from);
            int to = separator < 0 ? encoded.length() : separator;
            if (to > from) {
                addPair(encoded.substring(from, to));
            }
            from = to + 1;
        }
        return this;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private void addPair(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        if (!names.contains(name)) {
            return;
        }
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (values.put(name, value) != null) {
            throw new ProblemException(400, "parameter '" + name + "' is given more than once");
        }
    }

    private static String decode(String encoded) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes[length++] = escaped(encoded, i);
                i += 2;
            } else if (c > 0xff) {
                throw new ProblemException(400, "the parameters hold a character that must be percent-encoded");
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, "the parameters are not valid UTF-8");
        }
    }

    private static byte escaped(String encoded, int at) {
        int high = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 1), 16) : -1;
        int low = at + 2 < encoded.length() ? Character.digit(encoded.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new ProblemException(400, "the parameters hold a '%' that two hexadecimal digits do not follow");
        }
        return (byte) (high << 4 | low);
    }
}
