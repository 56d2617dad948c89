/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.gossip.web.request.Access;
import io.gossip.web.request.Gate;
import io.gossip.web.request.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who bears a token (RFC 6750). Digests are compared, all of them and in constant time, so that the time of an
 * answer tells nothing about the tokens, not even their lengths.
 */
public final class TokenGate implements Gate {
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"gossip\"";

    private final List<Known> known;

    /**
     * Lets in whose token is known.
     *
     * @param tokens what each may do
     */
    public TokenGate(Map<String, Access> tokens) {
        known = tokens.entrySet().stream()
                .map(token -> new Known(digest(token.getKey()), token.getValue()))
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
        Access allowed = given.size() == 1 ? allowedBy(given.get(0)) : null;
        if (allowed == null) {
            throw refuse(context, 401, CHALLENGE + ", error=\"invalid_token\"", "the token is not one of this node");
        }
        if (needed == Access.WRITE && allowed != Access.WRITE) {
            throw refuse(
                    context,
                    403,
                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"write\"",
                    "the token allows reading only");
        }
    }

    private @Nullable Access allowedBy(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] digest = digest(header.substring(SCHEME.length()).trim());
        Access allowed = null;
        for (Known token : known) {
            if (MessageDigest.isEqual(token.digest, digest)) {
                allowed = token.allowed;
            }
        }
        return allowed;
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
        private final Access allowed;

        Known(byte[] digest, Access allowed) {
            this.digest = digest;
            this.allowed = allowed;
        }
    }
}
