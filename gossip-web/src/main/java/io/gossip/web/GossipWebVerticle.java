/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows one node over HTTP: {@code GET /}, {@code /set_kv}, {@code GET /members}, {@code /update_service},
 * {@code GET /health/live} and a page for people at {@code /dashboard}. Deploy it beside a {@link io.gossip.eventbus.GossipVerticle} of the same address prefix, in any
 * order: as long as that one does not serve, readers get 503. By class name it takes the JSON of {@link GossipWebOptions} as its
 * configuration.
 *
 * <p>Readers get bytes made once for each change. While they poll, the node is asked at most once per gossip interval
 * whether it still answers, and as often for the heartbeats in {@code GET /}, however many poll.
 */
public class GossipWebVerticle extends VerticleBase {
    // A key and a value of the largest entries that nodes accept by default still fit when every byte is
    // percent-encoded.
    private static final int MAX_INITIAL_LINE_BYTES = 128 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS =
            90; // longer than an answer is held; also ends readers that stopped reading in the middle of a body
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(2);

    private final @Nullable GossipWebOptions givenOptions;
    private final Promise<Void> termination = Promise.promise();
    private volatile int actualPort = -1;
    private @Nullable HttpServer server;
    private volatile @Nullable WebApi api;

    /** A verticle that takes its options from the deployment's configuration. */
    public GossipWebVerticle() {
        givenOptions = null;
    }

    /**
     * A verticle with given options.
     *
     * @param options how it is set up; copied
     */
    public GossipWebVerticle(GossipWebOptions options) {
        givenOptions = new GossipWebOptions(options);
    }

    /**
     * Listens, then follows the cluster.
     *
     * @return completes when the port is bound and, if a node serves already, its picture is there; fails with one line
     *     that names host and port
     */
    @Override
    public Future<?> start() {
        GossipWebOptions options = givenOptions != null ? givenOptions : new GossipWebOptions(config());
        WebApi shown = new WebApi(vertx, options);
        api = shown;
        return listen(options, router(options, shown)).compose(bound -> {
            server = bound;
            actualPort = bound.actualPort();
            return shown.start();
        });
    }

    /**
     * Takes no more connections, lets answers under way finish for at most 2 s, and closes everything.
     *
     * @return completes when the port is free again
     */
    @Override
    public Future<?> stop() {
        WebApi shown = api;
        HttpServer bound = server;
        Future<Void> unfollowed = shown == null ? Future.succeededFuture() : shown.close();
        Future<Void> closed = bound == null ? Future.succeededFuture() : bound.shutdown(SHUTDOWN_GRACE);
        return Future.join(unfollowed, closed).<Void>mapEmpty().onComplete(termination);
    }

    /** {@return the TCP port that was really bound; -1 before the start. May be called from any thread} */
    public int actualPort() {
        return actualPort;
    }

    /** Completes when the verticle has stopped after it had started. */
    Future<Void> termination() {
        return termination.future();
    }

    /** All that is shown; null before the start. */
    @Nullable
    WebApi api() {
        return api;
    }

    private Router router(GossipWebOptions options, WebApi shown) {
        Router router = Router.router(vertx);
        router.route().failureHandler(GossipWebVerticle::answerFailure);
        router.errorHandler(404, context -> new Problem(404, "there is nothing at this path").answer(context));
        router.errorHandler(400, context -> Problem.of(context.failure(), 400).answer(context));
        router.errorHandler(500, GossipWebVerticle::answerFailure);
        Resources resources = new Resources(new OriginGuard(options.getHost()));
        shown.addTo(resources);
        new DashboardPage().addTo(resources);
        resources.add(Resource.at("/health/live").readByAnyone(GossipWebVerticle::answerAlive));
        ApiDescription.addTo(resources);
        router.route().handler(resources::answer);
        return router;
    }

    private Future<HttpServer> listen(GossipWebOptions options, Router router) {
        HttpServerOptions serverOptions = new HttpServerOptions()
                .setMaxInitialLineLength(MAX_INITIAL_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false) // its limits count the path among the headers
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(serverOptions)
                .requestHandler(router)
                .invalidRequestHandler(GossipWebVerticle::answerInvalid)
                .listen(options.getPort(), options.getHost())
                .recover(failure -> Future.failedFuture(cannotListen(options, failure)));
    }

    private static IllegalStateException cannotListen(GossipWebOptions options, Throwable failure) {
        String address = options.getHost() + ":" + options.getPort();
        String line = failure instanceof BindException
                ? "cannot listen for HTTP at " + address + ": the port is in use or the host is not of this machine,"
                        + " set another host or port"
                : "cannot listen for HTTP at " + address + ": " + failure.getMessage();
        return new IllegalStateException(line, failure);
    }

    private static void answerAlive(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject().put("status", "UP").toBuffer());
    }

    private static void answerFailure(RoutingContext context) {
        Problem.of(context.failure(), context.statusCode()).answer(context);
    }

    // What the HTTP decoder refuses never reaches the router.
    private static void answerInvalid(HttpServerRequest request) {
        Problem problem = refusal(request.decoderResult().cause());
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
