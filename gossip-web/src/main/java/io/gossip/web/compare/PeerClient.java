/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.web.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Reads JSON from another member: GET only, no credentials, no redirects, no compression, limited in bytes, time and
 * connections. Nothing of an answer that is not what it should be is passed on.
 */
public final class PeerClient {
    private static final int CONNECT_MILLIS = 1_000;
    private static final long WHOLE_MILLIS = 5_000;
    private static final int CONNECTIONS = 2;
    private static final int WAITING = 16;

    private final Vertx vertx;
    private final long wholeMillis;
    private final HttpClientAgent client;

    public PeerClient(Vertx vertx) {
        this(vertx, WHOLE_MILLIS);
    }

    /** For tests that have no time. */
    public PeerClient(Vertx vertx, long wholeMillis) {
        this.vertx = vertx;
        this.wholeMillis = wholeMillis;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setDecompressionSupported(false);
        client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    /**
     * Asks once.
     *
     * @param peer whom
     * @param uri path and query
     * @param maxBytes of the body
     * @return the object in the body; fails with a {@link ProblemException}: 404 or 409 if the peer answers so or
     *     refuses to, 502, or 504 if it took too long
     */
    public Future<JsonObject> get(PeerAddress peer, String uri, int maxBytes) {
        Promise<Buffer> body = Promise.promise();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(peer.address().host())
                .setPort(peer.address().port())
                .setSsl(peer.secure())
                .setURI(uri)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        client.request(options).onComplete(request -> ask(request, maxBytes, body), body::tryFail);
        return body.future()
                .timeout(wholeMillis, TimeUnit.MILLISECONDS)
                .onFailure(body::tryFail) // which ends the request
                .compose(this::parse)
                .recover(failure -> Future.failedFuture(problem(failure)));
    }

    private static void ask(HttpClientRequest request, int maxBytes, Promise<Buffer> body) {
        body.future().onFailure(failure -> request.reset());
        request.send().onComplete(response -> collect(response, maxBytes, body), body::tryFail);
    }

    private static void collect(HttpClientResponse response, int maxBytes, Promise<Buffer> body) {
        response.exceptionHandler(body::tryFail);
        if (response.statusCode() != 200) {
            body.tryFail(refusal(response.statusCode()));
            return;
        }
        Buffer collected = Buffer.buffer();
        response.handler(chunk -> {
            if (collected.length() + chunk.length() > maxBytes) {
                body.tryFail(new ProblemException(502, "the member answers with more than " + maxBytes + " bytes"));
            } else {
                collected.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> body.tryComplete(collected));
    }

    private static ProblemException refusal(int status) {
        return switch (status) {
            case 401, 403 -> new ProblemException(409, "the member answers " + status + ": it lets no stranger ask");
            case 404 -> new ProblemException(404, "the member answers 404: it knows no member of this name");
            default -> new ProblemException(502, "the member answers " + status);
        };
    }

    /** One after the other, because an object takes many times the memory of its text. */
    private Future<JsonObject> parse(Buffer body) {
        return vertx.executeBlocking(() -> new JsonObject(body), true)
                .recover(failure ->
                        Future.failedFuture(new ProblemException(502, "the member does not answer with JSON")));
    }

    private static ProblemException problem(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known;
        }
        if (failure instanceof java.util.concurrent.TimeoutException) {
            return new ProblemException(504, "the member does not answer in time");
        }
        if (failure instanceof SSLException) {
            return new ProblemException(
                    502,
                    "the member's TLS certificate is not one that this node's JVM trusts for its address: it must name the"
                            + " address and be signed by one in the trust store (-Djavax.net.ssl.trustStore)");
        }
        return new ProblemException(502, "the member cannot be reached where it says that it serves HTTP");
    }
}
