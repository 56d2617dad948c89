/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.gossip.eventbus.NodeStatus;
import io.gossip.eventbus.Readiness;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.request.Access;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * {@code GET /health/live} and {@code GET /health/ready}: what an orchestrator asks before it restarts a process, or
 * sends it work.
 *
 * <p>Not alive is only what a restart heals: the event loop of the node does not answer, or runs no rounds. A node that
 * is not deployed, has left, or re-opens its socket is not ready, but restarting the process of which it is a part would
 * not be called for.
 *
 * <p>However often it is asked, the node answers no more often than {@link RecentAnswer} asks it.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class HealthResources {
    private static final Readiness ALIVE = new Readiness(true, "");
    static final long ANSWER_SECONDS = 2;
    private static final long LEAST_STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int STALLED_INTERVALS = 10;

    private final RecentAnswer<NodeStatus> statuses;
    private long stallNanos;
    private final LongSupplier nanoTime;
    private final Access needed;
    private long rounds = -1;
    private long roundsNanos;

    public HealthResources(RecentAnswer<NodeStatus> statuses, Duration interval, LongSupplier nanoTime, Access needed) {
        this.statuses = statuses;
        this.stallNanos = Math.max(LEAST_STALL_NANOS, STALLED_INTERVALS * interval.toNanos());
        this.nanoTime = nanoTime;
        this.needed = needed;
    }

    /** Rounds come at another interval from now on, so another time without one is too long. */
    public void interval(Duration interval) {
        stallNanos = Math.max(LEAST_STALL_NANOS, STALLED_INTERVALS * interval.toNanos());
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/health/live").readBy(needed, this::live));
        resources.add(Resource.at("/health/ready").readBy(needed, this::ready));
    }

    private void live(RoutingContext context) {
        statuses.get()
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onComplete(
                        status -> answer(context, liveness(status)),
                        failure -> answer(context, failure instanceof TimeoutException ? silent() : ALIVE));
    }

    private void ready(RoutingContext context) {
        statuses.get()
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onComplete(
                        status -> answer(context, status.readiness()),
                        failure -> answer(
                                context,
                                failure instanceof TimeoutException
                                        ? silent()
                                        : new Readiness(false, String.valueOf(failure.getMessage()))));
    }

    private Readiness liveness(NodeStatus status) {
        long now = nanoTime.getAsLong();
        if (status.stats().rounds() != rounds) {
            rounds = status.stats().rounds();
            roundsNanos = now;
        }
        long still = now - roundsNanos;
        return still < stallNanos
                ? ALIVE
                : new Readiness(false, "no gossip round for " + TimeUnit.NANOSECONDS.toSeconds(still) + " s");
    }

    private static Readiness silent() {
        return new Readiness(false, "the event loop of the node has not answered for " + ANSWER_SECONDS + " s");
    }

    private static void answer(RoutingContext context, Readiness verdict) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(verdict.ready() ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body(verdict).toBuffer());
    }

    private static JsonObject body(Readiness verdict) {
        JsonObject body = new JsonObject().put("status", verdict.ready() ? "UP" : "DOWN");
        return verdict.reason().isEmpty() ? body : body.put("reason", verdict.reason());
    }
}
