/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.Reconfiguration;
import io.gossip.web.openapi.AccessRules;
import io.gossip.web.openapi.ApiDescription;
import io.gossip.web.openapi.NodeRules;
import io.gossip.web.pace.Entrance;
import io.gossip.web.pace.Turns;
import io.gossip.web.page.DashboardPage;
import io.gossip.web.request.Problem;
import io.gossip.web.request.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows one node over HTTP: {@code GET /}, {@code /set_kv}, {@code GET /members}, {@code /update_service},
 * {@code GET /health/live}, {@code GET /health/ready}, {@code GET /metrics}, the API under {@code /api/v1} and a page for
 * people at {@code /dashboard}. Deploy it beside a {@link io.gossip.eventbus.GossipVerticle} of the same address prefix, in
 * any order: as long as that one does not serve, readers get 503. By class name it takes the JSON of
 * {@link GossipWebOptions} as its configuration.
 *
 * <p>Readers get bytes made once for each change. However many poll, the node is asked at most once per gossip interval
 * whether it still answers, as often for the heartbeats in {@code GET /}, and at most ten times a second how it fares, for
 * {@code /health/…} and vitals.
 */
public class GossipWebVerticle extends VerticleBase {
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(2);

    private final @Nullable GossipWebOptions givenOptions;
    private final Promise<Void> termination = Promise.promise();
    private volatile NodeRules rules = NodeRules.of(new GossipOptions());
    private volatile int actualPort = -1;
    private @Nullable HttpServer server;
    private volatile @Nullable GossipWebOptions inForce; // never changed once it is here
    private @Nullable EntryRules entry;
    private @Nullable Resources resources;
    private @Nullable HttpListener listener;
    private @Nullable PortClaim claim;
    private @Nullable MeterRegistry registry;
    private @Nullable Supplier<Future<JsonObject>> reloader;
    private Runnable afterLeave = () -> {};
    private @Nullable Operations operations;
    private Future<Reconfiguration> changing = Future.succeededFuture(Reconfiguration.NOTHING);
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
     * Has the meters {@code gossip.http.*} registered while a node serves, and {@code GET /metrics} show all meters of the
     * registry if it is, or contains, one of Prometheus. To be called before the verticle is deployed; without it,
     * Micrometer need not be on the class path.
     *
     * @param value the registry, best the one of the {@link io.gossip.eventbus.GossipVerticle}
     * @return this
     */
    public GossipWebVerticle meterRegistry(MeterRegistry value) {
        registry = value;
        return this;
    }

    /**
     * Has {@code /openapi.json} tell the rules of this node: which services it may offer, which keys it may set, how large
     * they may be. To be called before the verticle is deployed, and again, from any thread, when the node has taken over
     * other options; without it, the document tells those of a node with default options. What is really allowed, the node
     * alone decides.
     *
     * @param value the options of the {@link io.gossip.eventbus.GossipVerticle}; looked at now
     * @return this
     * @throws IllegalArgumentException if a name of a service type is blank
     */
    public GossipWebVerticle nodeOptions(GossipOptions value) {
        rules = NodeRules.of(value);
        if (inForce != null) {
            context.runOnContext(ignored -> describe());
        }
        return this;
    }

    /**
     * Has {@code POST /api/v1/reload} read the configuration again. To be called before the verticle is deployed; without
     * it, that request is answered 409.
     *
     * @param value is called on an event loop, which it must not block, and never while an earlier call is under way. Its
     *     future yields {@code {"applied":[NAME…],"need_restart":[NAME…]}}: the options that have another value now, and
     *     those that will only after a restart. If what was read cannot be used, nothing must have changed and the future
     *     fails with an {@link IllegalArgumentException}; its message, one line that says what to change, is shown to the
     *     client with status 422. Any other failure is not the configuration's: it is logged and answered 503, with the
     *     message shown only of a {@link io.gossip.transport.store.NotStoredException}, which says that all is in effect
     * @return this
     */
    public GossipWebVerticle reloader(Supplier<Future<JsonObject>> value) {
        reloader = value;
        return this;
    }

    /**
     * Says what happens when the member has left because of {@code POST /api/v1/leave}. To be called before the verticle is
     * deployed; without it, the web interface stays and answers 503 until another node serves the same prefix.
     *
     * @param value is called on an event loop, which it must not block, when the goodbye was sent and the client has its
     *     answer or is gone
     * @return this
     */
    public GossipWebVerticle afterLeave(Runnable value) {
        afterLeave = value;
        return this;
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
        PortClaim held = PortClaim.of(vertx, options);
        return start(options).onFailure(failure -> held.release()).onSuccess(started -> claim = held);
    }

    private Future<?> start(GossipWebOptions options) {
        Turns turns = Turns.on(vertx);
        WebApi shown =
                new WebApi(vertx, options, turns, new WebApi.Keeper(rules.maxDatagramBytes(), reloader, afterLeave));
        Operations operating =
                new Operations(vertx, options, this::actualPort, shown::openStreams, shown.statuses(), registry);
        shown.tell(operating);
        api = shown;
        operations = operating;
        HttpListener listening = new HttpListener(vertx, options, operating);
        listener = listening;
        return listening
                .listen(new Entrance(turns, router(options, shown, operating)))
                .compose(bound -> {
                    server = bound;
                    actualPort = bound.actualPort();
                    inForce = new GossipWebOptions(options);
                    describe(); // who told other options of the node until now did not do so
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
        inForce = null;
        Operations operating = operations;
        WebApi shown = api;
        HttpServer bound = server;
        // Who unfollows while the node publishes the withdrawal has Vert.x warn of a message that nobody takes.
        Future<Void> unfollowed = (operating == null ? Future.<Void>succeededFuture() : operating.close())
                .eventually(() -> shown == null ? Future.succeededFuture() : shown.close());
        Future<Void> closed = bound == null ? Future.succeededFuture() : bound.shutdown(SHUTDOWN_GRACE);
        return Future.join(unfollowed, closed)
                .<Void>mapEmpty()
                .onComplete(done -> release())
                .onComplete(termination);
    }

    private void release() {
        PortClaim held = claim;
        if (held != null) {
            held.release();
        }
    }

    /**
     * Looks at the files of the TLS certificate now instead of within ten seconds. New connections get what is in them; the
     * listener and open connections stay. May be called from any thread.
     *
     * @return whether something else is used from now on; fails, and changes nothing, if the files cannot be used or TLS
     *     is not configured
     */
    public Future<Boolean> reloadTls() {
        Promise<Boolean> reloaded = Promise.promise();
        context.runOnContext(ignored -> {
            HttpListener listening = listener;
            Future<Boolean> result = listening == null
                    ? Future.failedFuture(new IllegalStateException("the web interface has not started"))
                    : listening.reloadTls();
            result.onComplete(reloaded);
        });
        return reloaded.future();
    }

    /**
     * Goes over to other options without closing the listener or a connection. Everything is checked before anything is
     * changed: tokens, names and origins, limits, and the files of the TLS certificate, which are read at once. What needs a
     * restart is named in the result and left as it was. Event streams end when the tokens change, so that whose token is
     * gone is out; the others come again. May be called from any thread.
     *
     * @param wanted all options, also those that stay as they are; copied
     * @return what was changed and what needs a restart, named as in {@link GossipWebOptions#toJson()}, with {@code
     *     security.} before the options of that part. Fails, and changes nothing, if the certificate cannot be used or the
     *     web interface has not started
     */
    public Future<Reconfiguration> reconfigure(GossipWebOptions wanted) {
        GossipWebOptions copy = new GossipWebOptions(wanted);
        if (inForce == null) {
            return Future.failedFuture(new IllegalStateException("the web interface has not started"));
        }
        Promise<Reconfiguration> changed = Promise.promise();
        context.runOnContext(ignored -> {
            changing = changing.transform(before -> change(copy));
            changing.onComplete(changed);
        });
        return changed.future();
    }

    private void describe() {
        GossipWebOptions present = inForce;
        if (present != null) {
            describe(Objects.requireNonNull(resources), present);
        }
    }

    private Future<Reconfiguration> change(GossipWebOptions wanted) {
        GossipWebOptions present = inForce;
        if (present == null) {
            return Future.failedFuture(new IllegalStateException("the web interface has stopped"));
        }
        WebPlan plan = WebPlan.of(present, wanted);
        GossipWebOptions options = plan.options();
        return Objects.requireNonNull(listener)
                .reconfigure(options.getSecurity())
                .map(listening -> {
                    if (inForce == null) { // while the files of the certificate were read
                        throw new IllegalStateException("the web interface has stopped");
                    }
                    inForce = options;
                    Objects.requireNonNull(entry).use(options);
                    describe();
                    Objects.requireNonNull(operations).reconfigure(options);
                    WebApi shown = Objects.requireNonNull(api);
                    shown.reconfigure(options);
                    if (plan.changesTokens()) {
                        shown.endStreams("the tokens have changed");
                    }
                    return plan.outcome();
                });
    }

    /**
     * The options in force. May be called from any thread.
     *
     * @return a copy
     * @throws IllegalStateException if the web interface has not started
     */
    public GossipWebOptions options() {
        GossipWebOptions options = inForce;
        if (options == null) {
            throw new IllegalStateException("the web interface has not started");
        }
        return new GossipWebOptions(options);
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

    private Router router(GossipWebOptions options, WebApi shown, Operations operating) {
        Router router = Router.router(vertx);
        router.route().handler(operating::count);
        router.route().failureHandler(GossipWebVerticle::answerFailure);
        router.errorHandler(404, context -> new Problem(404, "there is nothing at this path").answer(context));
        router.errorHandler(400, context -> Problem.of(context.failure(), 400).answer(context));
        router.errorHandler(500, GossipWebVerticle::answerFailure);
        EntryRules entering = new EntryRules(options);
        entry = entering;
        router.route().handler(entering::crossOrigin);
        Resources all = new Resources(entering);
        resources = all;
        shown.addTo(all);
        new DashboardPage().addTo(all);
        operating.addTo(all);
        describe(all, options);
        router.route().handler(all::answer);
        return router;
    }

    private void describe(Resources all, GossipWebOptions options) {
        boolean tokens = !options.getSecurity().getTokens().isEmpty();
        ApiDescription.addTo(all, rules, new AccessRules(tokens));
    }

    private static void answerFailure(RoutingContext context) {
        Problem.of(context.failure(), context.statusCode()).answer(context);
    }
}
