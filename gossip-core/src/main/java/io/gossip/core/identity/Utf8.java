/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

/**
 * The order and the length of text in its UTF-8 form, which is what the wire and the Rust reference go by.
 *
 * <p>Java orders strings by UTF-16 units; above U+D7FF the two orders differ, see {@link #compare}.
 *
 * <p><b>Threads:</b> stateless.
 */
public final class Utf8 {
    private Utf8() {}

    /**
     * Compares two strings by their UTF-8 bytes as unsigned values, a prefix before its extension.
     *
     * @param left well-formed text (no unpaired surrogates)
     * @param right well-formed text
     * @return negative, zero or positive, as {@link java.util.Comparator#compare}
     */
    public static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return codePointRank(a) - codePointRank(b);
            }
        }
        return left.length() - right.length();
    }

    /**
     * The number of bytes that {@code text} takes in UTF-8.
     *
     * @param text well-formed text
     * @return length in bytes
     */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is two chars and four bytes: each half counts for two.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /**
     * Tells whether {@code text} can be written as UTF-8 at all.
     *
     * @param text any string
     * @return false if it holds an unpaired surrogate
     */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    // Surrogates stand for code points above U+FFFF, so they sort behind U+E000..U+FFFF.
    private static int codePointRank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
