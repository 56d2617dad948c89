/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.persistence.FileMemberStore;
import io.gossip.transport.HostPort;
import io.gossip.web.GossipWebVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The members of this process and the Vert.x they run in.
 *
 * <p><b>Threads:</b> thread-safe; a signal may stop it while it starts.
 */
final class MemberProcess {
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Collection<String> gossipVerticles = new ConcurrentLinkedQueue<>();
    private final Collection<String> webVerticles = new ConcurrentLinkedQueue<>();
    private Future<?> starting = Future.succeededFuture(); // guarded by this
    private @Nullable Future<Void> stopped; // guarded by this
    private final Duration patience;
    private volatile Runnable afterLeave = () -> {};

    MemberProcess() {
        this(MOST_PATIENCE);
    }

    /** For tests, which must not depend on how quick a start is. */
    MemberProcess(Duration patience) {
        this.patience = patience;
    }

    /** Says what happens when a member that is started from now on has left because it was asked to by HTTP. */
    MemberProcess afterLeave(Runnable value) {
        afterLeave = value;
        return this;
    }

    /**
     * Starts one member with settings that stay: gossip first, then HTTP.
     *
     * @return who it is; fails with what to change
     */
    Future<RunningMember> start(MemberSettings settings) {
        return start(verticles(settings), settings);
    }

    /**
     * Starts one member whose settings can be read again.
     *
     * @param reloader how to do so, for HTTP
     * @return who it is; fails with what to change
     */
    Future<RunningMember> start(
            MemberSettings settings, Function<MemberVerticles, Supplier<Future<JsonObject>>> reloader) {
        MemberVerticles verticles = verticles(settings);
        verticles.web().reloader(reloader.apply(verticles));
        return start(verticles, settings);
    }

    private MemberVerticles verticles(MemberSettings settings) {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GossipVerticle gossip = new GossipVerticle(settings.gossip()).meterRegistry(registry);
        Path dataDir = settings.dataDir();
        if (dataDir != null) {
            gossip.memberStore(new FileMemberStore(dataDir));
        }
        return new MemberVerticles(
                gossip,
                new GossipWebVerticle(settings.webOfNode())
                        .meterRegistry(registry)
                        .nodeOptions(settings.gossip())
                        .afterLeave(afterLeave));
    }

    private Future<RunningMember> start(MemberVerticles verticles, MemberSettings settings) {
        return deploy(verticles.gossip(), gossipVerticles)
                .compose(deployed -> deploy(verticles.web(), webVerticles))
                .compose(deployed -> running(verticles, settings));
    }

    private synchronized Future<String> deploy(VerticleBase verticle, Collection<String> deployments) {
        if (stopped != null) {
            return Future.failedFuture(new IllegalStateException("the process is stopping"));
        }
        Future<String> deploying = vertx.deployVerticle(verticle).map(deployment -> {
            deployments.add(deployment);
            return deployment;
        });
        starting = Future.join(starting, deploying);
        return deploying;
    }

    /** {@return what the members run in} */
    Vertx vertx() {
        return vertx;
    }

    /** {@return completes after a time} */
    Future<Void> pause(long millis) {
        return vertx.timer(millis).mapEmpty();
    }

    /**
     * Stops everything in the order that lets the goodbyes out: HTTP, the members, then Vert.x with its sockets. What is
     * being started is waited for at first, for a short time: Vert.x cannot undeploy it before. Idempotent; nothing can be
     * started any more.
     *
     * @return completes when nothing runs any more
     */
    synchronized Future<Void> stop() {
        Future<Void> begun = stopped;
        if (begun == null) {
            begun = started()
                    .compose(nothing -> undeploy(webVerticles))
                    .eventually(() -> undeploy(gossipVerticles))
                    .eventually(vertx::close);
            stopped = begun;
        }
        return begun;
    }

    /** Completes on no context: those of Vert.x tell nothing any more when the last step is done. */
    private Future<Void> started() {
        Promise<Void> started = Promise.promise();
        starting.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> started.complete());
        return started.future();
    }

    private Future<RunningMember> running(MemberVerticles verticles, MemberSettings settings) {
        return GossipService.create(vertx, settings.gossip().getAddressPrefix())
                .status()
                .map(status -> new RunningMember(
                        status.self(),
                        settings.gossip().getNode().getClusterId(),
                        new HostPort(settings.web().getHost(), verticles.web().actualPort()),
                        settings.web().getSecurity().isTls(),
                        verticles));
    }

    private Future<Void> undeploy(Collection<String> deployments) {
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
    }
}
