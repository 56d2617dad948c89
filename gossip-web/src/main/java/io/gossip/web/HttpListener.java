/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.web.request.Problem;
import io.gossip.web.security.ConnectionLimit;
import io.gossip.web.security.TlsReload;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for HTTP, with the limits that no client may exceed, and with TLS if that is configured.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class HttpListener {
    // A key and a value of the largest entries that nodes accept by default still fit when every byte is
    // percent-encoded.
    private static final int MAX_INITIAL_LINE_BYTES = 128 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    // Longer than an answer is held; also ends readers that stopped reading in the middle of a body.
    private static final int IDLE_SECONDS = 90;

    private final Vertx vertx;
    private final GossipWebOptions options;
    private final Operations operations;
    private final @Nullable TlsReload tls;
    private final ConnectionLimit connections;

    HttpListener(Vertx vertx, GossipWebOptions options, Operations operations) {
        this.vertx = vertx;
        this.options = options;
        this.operations = operations;
        String certificate = options.getSecurity().getTlsCertificatePath();
        String key = options.getSecurity().getTlsKeyPath();
        connections = new ConnectionLimit(options.getSecurity().getMaxConnections());
        tls = certificate == null || key == null ? null : new TlsReload(vertx, certificate, key);
    }

    /** Fails with one line that names host and port, or the file that cannot be used. */
    Future<HttpServer> listen(Handler<HttpServerRequest> handler) {
        TlsReload reload = tls;
        if (reload == null) {
            return listen(limits(), handler);
        }
        return reload.first()
                .compose(pair ->
                        listen(limits().setSsl(true).setUseAlpn(false).setKeyCertOptions(pair.keyCert()), handler))
                .onSuccess(reload::watch);
    }

    /** Looks at the files of the certificate now; whether something else is used from now on. */
    Future<Boolean> reloadTls() {
        return tls == null
                ? Future.failedFuture(new IllegalStateException("TLS is not configured"))
                : Objects.requireNonNull(tls).reload();
    }

    /** Takes over what may change while it listens; fails, and changes nothing, if the files of TLS cannot be used. */
    Future<Void> reconfigure(WebSecurityOptions wanted) {
        TlsReload reload = tls;
        String certificate = wanted.getTlsCertificatePath();
        String key = wanted.getTlsKeyPath();
        Future<?> files = reload == null || certificate == null || key == null
                ? Future.succeededFuture()
                : reload.change(certificate, key);
        return files.map(used -> {
            connections.limit(wanted.getMaxConnections());
            return null;
        });
    }

    private static HttpServerOptions limits() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false) // its limits count the path among the headers
                .setPerFrameWebSocketCompressionSupported(false) // there are no WebSockets: a handler less to make
                .setPerMessageWebSocketCompressionSupported(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Future<HttpServer> listen(HttpServerOptions serverOptions, Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer(serverOptions)
                .connectionHandler(connections::opened)
                .requestHandler(handler)
                .invalidRequestHandler(this::answerInvalid)
                .listen(options.getPort(), options.getHost())
                .recover(failure -> Future.failedFuture(cannotListen(failure)));
    }

    private IllegalStateException cannotListen(Throwable failure) {
        String address = options.getHost() + ":" + options.getPort();
        String line = failure instanceof IOException // also what the native transport throws
                ? "cannot listen for HTTP at " + address + ": the port is in use or the host is not of this machine,"
                        + " set another host or port"
                : "cannot listen for HTTP at " + address + ": " + failure.getMessage();
        return new IllegalStateException(line, failure);
    }

    // What the HTTP decoder refuses never reaches the router.
    private void answerInvalid(HttpServerRequest request) {
        Problem problem = refusal(request.decoderResult().cause());
        operations.countInvalid(request, problem.status());
        request.response().putHeader("Connection", "close");
        problem.answer(request, request.response());
    }

    private static Problem refusal(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Problem(414, "the request line must not exceed " + MAX_INITIAL_LINE_BYTES + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Problem(431, "the headers must not exceed " + MAX_HEADER_BYTES + " bytes");
        }
        return new Problem(400, "the request is not valid HTTP");
    }
}
