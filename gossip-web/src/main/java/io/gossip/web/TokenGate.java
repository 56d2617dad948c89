/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who bears a token (RFC 6750). Digests are compared, all of them and in constant time, so that the time of an
 * answer tells nothing about the tokens, not even their lengths.
 */
final class TokenGate implements Gate {
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"gossip\"";

    private final List<Known> known;

    TokenGate(List<AccessToken> tokens) {
        known = tokens.stream()
                .map(token -> new Known(digest(token.token()), token.role()))
                .toList();
    }

    @Override
    public void check(RoutingContext context, Access needed) {
        if (needed == Access.ANYONE) {
            return;
        }
        List<String> given = context.request().headers().getAll("Authorization");
        if (given.isEmpty()) {
            throw refuse(context, 401, CHALLENGE, "this needs a bearer token");
        }
        TokenRole role = given.size() == 1 ? roleOf(given.get(0)) : null;
        if (role == null) {
            throw refuse(context, 401, CHALLENGE + ", error=\"invalid_token\"", "the token is not one of this node");
        }
        if (needed == Access.WRITE && role != TokenRole.WRITE) {
            throw refuse(
                    context,
                    403,
                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"write\"",
                    "the token allows reading only");
        }
    }

    private @Nullable TokenRole roleOf(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] digest = digest(header.substring(SCHEME.length()).trim());
        TokenRole role = null;
        for (Known token : known) {
            if (MessageDigest.isEqual(token.digest, digest)) {
                role = token.role;
            }
        }
        return role;
    }

    private static ProblemException refuse(RoutingContext context, int status, String challenge, String detail) {
        context.response().putHeader("WWW-Authenticate", challenge);
        return new ProblemException(status, detail);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    private static final class Known {
        private final byte[] digest;
        private final TokenRole role;

        Known(byte[] digest, TokenRole role) {
            this.digest = digest;
            this.role = role;
        }
    }
}
