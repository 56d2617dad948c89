/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a node did not do what it was asked, and what to change: one line each. */
final class ConnectionTrouble {
    private final NodeUrl url;
    private final Duration timeout;

    ConnectionTrouble(NodeUrl url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    /** There was no answer. */
    OperatorException of(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return OperatorException.passing(
                    "no answer from " + url + " within " + timeout.toMillis()
                            + " ms: is this the node's HTTP address, and does a firewall let you through? (--url, --timeout)",
                    failure);
        }
        if (failure instanceof SSLException tls) {
            return OperatorException.lasting(tls(tls));
        }
        if (failure instanceof ConnectException) {
            boolean unknown = isCausedBy(failure, UnresolvedAddressException.class);
            return OperatorException.passing(
                    unknown
                            ? "host '" + url.host() + "' is unknown: name another with --url or GOSSIP_URL"
                            : "cannot connect to " + url
                                    + ": is a node running there? Name another with --url or GOSSIP_URL",
                    failure);
        }
        boolean closed = isCausedBy(failure, EOFException.class)
                || String.valueOf(failure.getMessage()).contains("received no bytes");
        return OperatorException.passing(
                closed && !url.isSecure()
                        ? url + " closed the connection without an answer: does it want https:// ? (--url)"
                        : "the connection to " + url + " broke: " + failure.getMessage(),
                failure);
    }

    /** There was an answer, but not the one that was hoped for. */
    OperatorException refusal(int status, Optional<String> detail, boolean tokenSent) {
        String reason = detail.orElse("HTTP status " + status);
        return switch (status) {
            case 401 ->
                OperatorException.lasting(
                        tokenSent
                                ? "401: the token is not one of the node at " + url
                                        + ", check --token-file or GOSSIP_TOKEN"
                                : "401: the node at " + url
                                        + " wants a bearer token: --token-file FILE, GOSSIP_TOKEN_FILE or GOSSIP_TOKEN");
            case 503 -> OperatorException.passing("503: the node at " + url + " says: " + reason, null);
            default ->
                detail.isPresent()
                        ? OperatorException.lasting(status + ": " + reason)
                        : OperatorException.lasting("the server at " + url + " answers " + status
                                + " without saying why: is this a gossip node, and a recent one? (--url)");
        };
    }

    OperatorException notANode() {
        return OperatorException.lasting("what answers at " + url + " is no gossip node (--url)");
    }

    private String tls(SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                || message.contains("not an SSL/TLS record")) {
            return url + " does not speak TLS: use http:// (--url)";
        }
        if (message.contains("certification path") || message.contains("PKIX")) {
            return "the certificate of " + url + " is not trusted: give it, or who signed it, by --tls-trust FILE";
        }
        return "no TLS with " + url + ": " + message;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
