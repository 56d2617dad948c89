/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

/**
 * One {@code --set KEY=VALUE}.
 *
 * @param key not empty
 * @param value may be empty, may hold further equals signs
 */
record InitialKey(String key, String value) {
    /**
     * Splits at the first equals sign.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static InitialKey parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("expected KEY=VALUE, got '" + text + "'");
        }
        return new InitialKey(text.substring(0, equals), text.substring(equals + 1));
    }
}
