/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import java.util.regex.Pattern;

/**
 * A secret that lets its bearer in.
 *
 * @param token at least 16 of the characters that RFC 6750 allows: letters, digits, {@code -._~+/}, and {@code =} at the end
 * @param role what the bearer may do
 */
public record AccessToken(String token, TokenRole role) {
    private static final int LEAST_LENGTH = 16; // shorter ones can be guessed
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /**
     * Checks the form.
     *
     * @param token at least 16 of the characters that RFC 6750 allows
     * @param role what the bearer may do
     * @throws IllegalArgumentException if it is too short or has other characters; the message does not show it
     */
    public AccessToken {
        if (token.length() < LEAST_LENGTH || !FORM.matcher(token).matches()) {
            throw new IllegalArgumentException("a token must have at least " + LEAST_LENGTH
                    + " characters, all of them letters, digits or -._~+/ (and = at the end)");
        }
    }

    /** {@return the role, without the secret} */
    @Override
    public String toString() {
        return "AccessToken[" + role + "]";
    }
}
