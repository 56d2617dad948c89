/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import ch.qos.logback.classic.LoggerContext;
import io.gossip.cli.config.ConfigKey;
import io.gossip.cli.config.Configuration;
import io.gossip.cli.config.FileWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The member of this process, which follows its files of settings and of tokens while it runs.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class LiveMember {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMember.class);
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final NodeSources sources;
    private final long millisBetweenLooks;
    private final FileWatch watch;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile List<Path> files = List.of();
    private volatile NodeConfiguration running;
    private volatile @Nullable String lastComplaint;
    private volatile List<String> lastLeft = List.of();
    private Future<?> lastReload = Future.succeededFuture();

    private LiveMember(NodeSources sources, long millisBetweenLooks) {
        this.sources = sources;
        this.millisBetweenLooks = millisBetweenLooks;
        this.watch = new FileWatch(sources.file() == null ? List.of() : List.of(sources.file()));
        this.running = read();
        watch.hasChanged(files);
    }

    /**
     * A member that is not started yet.
     *
     * @throws IllegalArgumentException naming where something is set to what no member can run with
     * @throws RunException if a file cannot be read
     */
    static LiveMember of(NodeSources sources) {
        return of(sources, MILLIS_BETWEEN_LOOKS);
    }

    /** As {@link #of(NodeSources)}, but looks at its files at other times. */
    static LiveMember of(NodeSources sources, long millisBetweenLooks) {
        return new LiveMember(sources, millisBetweenLooks);
    }

    /** Starts it, and looks at its files once a second from then on. */
    Future<RunningMember> start(MemberProcess process) {
        applyLog(running);
        sources.environment().warnings().forEach(LOG::warn);
        return process.start(running.member(), verticles -> () -> reloadByHttp(process.vertx(), verticles))
                .onSuccess(member -> follow(process.vertx(), member.verticles()));
    }

    /**
     * Reads the files again and applies what can be applied at once, one call after the other.
     *
     * @return {@code {"applied":[KEY…],"need_restart":[KEY…]}}; fails, and nothing has changed, if something is wrong
     */
    private synchronized Future<JsonObject> reload(Vertx vertx, MemberVerticles verticles) {
        Future<JsonObject> reload = lastReload
                .transform(done -> vertx.executeBlocking(this::change))
                .compose(change -> apply(change, verticles));
        lastReload = reload;
        return reload;
    }

    private Future<JsonObject> reloadByHttp(Vertx vertx, MemberVerticles verticles) {
        // Who asked is told, and the log is, there; the watch need not say it again.
        return reload(vertx, verticles)
                .recover(failure -> Future.failedFuture(asMistake(failure)))
                .onFailure(failure -> lastComplaint = brief(failure));
    }

    /** A file that cannot be read is a mistake of the configuration, too. */
    private static Throwable asMistake(Throwable failure) {
        return failure instanceof RunException || failure instanceof IllegalArgumentException
                ? new IllegalArgumentException(brief(failure), failure)
                : failure;
    }

    /** What was set may be endless; the log and who asked need not have all of it. */
    private static String brief(Throwable failure) {
        return Failures.brief(Failures.reason(failure));
    }

    private void follow(Vertx vertx, MemberVerticles verticles) {
        if (files.isEmpty()) {
            return;
        }
        vertx.setPeriodic(millisBetweenLooks, timer -> {
            if (looking.compareAndSet(false, true)) {
                try {
                    look(vertx, verticles);
                } catch (RejectedExecutionException closing) {
                    vertx.cancelTimer(timer); // Vert.x ends, and its workers ended before its timers
                }
            }
        });
    }

    private void look(Vertx vertx, MemberVerticles verticles) {
        vertx.executeBlocking(() -> watch.hasChanged(files))
                .compose(changed -> changed ? reload(vertx, verticles) : Future.succeededFuture())
                .onFailure(this::complain)
                .onComplete(done -> looking.set(false));
    }

    private NodeConfiguration read() {
        Configuration configuration = sources.read();
        // Also of a configuration that turns out to be wrong: a file of tokens that is missing may come.
        files = sources.files(configuration);
        return NodeConfiguration.of(configuration);
    }

    private Change change() {
        NodeConfiguration wanted = read();
        NodeConfiguration before = running;
        Set<ConfigKey> held = LiveKeys.heldBack(before.configuration(), wanted.configuration());
        Configuration possible = wanted.configuration().keeping(before.configuration(), held);
        return new Change(before, NodeConfiguration.of(possible), wanted);
    }

    private Future<JsonObject> apply(Change change, MemberVerticles verticles) {
        return verticles.reconfigure(change.next().member()).map(leftOut -> {
            running = change.next();
            applyLog(change.next());
            List<String> needRestart = new ArrayList<>(change.wanted().differences(change.next()));
            needRestart.addAll(leftOut);
            return report(change.next().differences(change.before()), needRestart);
        });
    }

    private JsonObject report(List<String> applied, List<String> needRestart) {
        lastComplaint = null;
        if (!applied.isEmpty()) {
            LOG.info("the configuration was read again, changed: {}", String.join(", ", applied));
        }
        if (!needRestart.isEmpty() && !needRestart.equals(lastLeft)) {
            LOG.warn("left as it was until the next start: {}", String.join(", ", needRestart));
        }
        lastLeft = needRestart;
        return new JsonObject().put("applied", new JsonArray(applied)).put("need_restart", new JsonArray(needRestart));
    }

    private void complain(Throwable failure) {
        String complaint = brief(failure);
        if (!complaint.equals(lastComplaint)) {
            lastComplaint = complaint;
            LOG.warn("{}; nothing was changed", complaint);
        }
    }

    private static void applyLog(NodeConfiguration configuration) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            configuration.log().apply(context);
        }
    }

    /**
     * What a reload makes of the configuration.
     *
     * @param before what the member runs with
     * @param next what it is to run with
     * @param wanted what it would run with after a restart
     */
    private record Change(NodeConfiguration before, NodeConfiguration next, NodeConfiguration wanted) {}
}
