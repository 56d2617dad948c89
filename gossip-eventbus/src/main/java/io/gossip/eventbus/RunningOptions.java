/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.Reconfiguration;
import io.gossip.transport.store.NotStoredException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options in force of a member that runs, and how they give way to others. Confined, except {@link #inForce}. */
final class RunningOptions {
    private static final System.Logger LOGGER = System.getLogger(RunningOptions.class.getName());
    private static final Set<String> LIVE = Set.of("initialKeyValues", "service", "readyTimeoutMillis");

    private final GossipNode node;
    private final ServiceRequests requests;
    private final ServiceTypes types;
    private final long startNanos;
    private volatile GossipOptions inForce; // never changed once it is here
    private Future<?> pending = Future.succeededFuture();

    RunningOptions(
            GossipNode node, ServiceRequests requests, ServiceTypes types, long startNanos, GossipOptions options) {
        this.node = node;
        this.requests = requests;
        this.types = types;
        this.startNanos = startNanos;
        this.inForce = options;
    }

    GossipOptions inForce() {
        return new GossipOptions(inForce).setNode(node.options());
    }

    /** What a change would do: of our own options, of those of the node, and which keys it would write. */
    private record Plan(Reconfiguration own, Reconfiguration ofNode, Map<String, String> keys) {
        Reconfiguration outcome() {
            return own.and(ofNode.under("node"));
        }
    }

    /** What a change would do; throws what would make it fail. From any thread. */
    Reconfiguration preview(GossipOptions wanted) {
        return plan(wanted).outcome();
    }

    private Plan plan(GossipOptions wanted) {
        ServiceTypes wantedTypes = ServiceTypes.KNOWN.with(wanted.getServiceTypes());
        ServiceOffer offer = wanted.getService();
        if (offer != null) {
            serviceKey(offer, wantedTypes);
        }
        Map<String, String> keys = changedKeys(wanted);
        return new Plan(outcome(wanted), node.preview(wanted.getNode(), keys), keys);
    }

    /**
     * One change after another: each starts from what the one before it left. Should the node not get back what it had when
     * the keys cannot be written, the log has that as an error and the failure has why among what it suppressed.
     */
    Future<Reconfiguration> change(GossipOptions wanted) {
        Future<Reconfiguration> changed = pending.transform(before -> changeNow(wanted));
        pending = changed;
        return changed;
    }

    private Future<Reconfiguration> changeNow(GossipOptions wanted) {
        Plan plan = plan(wanted);
        Map<String, @Nullable String> writes = new LinkedHashMap<>(plan.keys());
        boolean service = plan.own().applied().contains("service");
        if (service && wanted.getService() == null) {
            writes.put(ServiceInfo.KEY, null);
        }
        GossipNodeOptions former = node.options();
        return node.reconfigure(wanted.getNode())
                .compose(ofNode -> write(writes)
                        .recover(failure -> node.reconfigure(former)
                                .transform(undone -> Future.failedFuture(afterUndo(failure, undone))))
                        .map(written -> {
                            GossipOptions now = new GossipOptions(inForce)
                                    .setNode(node.options())
                                    .setInitialKeyValues(wanted.getInitialKeyValues())
                                    .setReadyTimeoutMillis(wanted.getReadyTimeoutMillis());
                            inForce = service ? now.setService(wanted.getService()) : now;
                            requests.readiness(ReadinessRule.of(node, wanted.getReadyTimeoutMillis(), startNanos));
                            return plan.own().and(ofNode.under("node"));
                        }));
    }

    private static Throwable afterUndo(Throwable failure, AsyncResult<?> undone) {
        if (undone.failed()) {
            failure.addSuppressed(undone.cause());
            LOGGER.log(System.Logger.Level.ERROR, "the node could not go back to the options it had", undone.cause());
        }
        return failure;
    }

    /** Writes all, or fails and has written none. What is written but not stored is in effect all the same. */
    private Future<Void> write(Map<String, @Nullable String> writes) {
        Future<@Nullable Void> written = node.configure(writes, access -> {
            Map<String, String> values = new LinkedHashMap<>();
            writes.forEach((key, value) -> {
                if (value != null) {
                    values.put(key, value);
                }
            });
            node.preview(node.options(), values); // refuses before the first of them is written
            writes.forEach((key, value) -> write(access, key, value));
            return null;
        });
        return written.recover(failure -> {
            if (failure instanceof NotStoredException) {
                LOGGER.log(System.Logger.Level.WARNING, "the keys of the new configuration: " + failure.getMessage());
                return Future.succeededFuture();
            }
            return Future.failedFuture(failure);
        });
    }

    private static void write(ClusterAccess access, String key, @Nullable String value) {
        if (value == null) {
            access.delete(key);
        } else {
            access.set(key, value);
        }
    }

    private Reconfiguration outcome(GossipOptions wanted) {
        JsonObject now = inForce.toJson();
        JsonObject asked = wanted.toJson();
        Set<String> names = new TreeSet<>(now.fieldNames());
        names.addAll(asked.fieldNames());
        names.remove("node"); // tells for itself
        List<String> applied = new ArrayList<>();
        List<String> needRestart = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(now.getValue(name), asked.getValue(name))) {
                boolean live = LIVE.contains(name) && (!name.equals("service") || isKnown(wanted.getService()));
                (live ? applied : needRestart).add(name);
            }
        }
        return new Reconfiguration(applied, needRestart);
    }

    /** A service of a type that is new as well has to wait for the restart, too. */
    private boolean isKnown(@Nullable ServiceOffer offer) {
        try {
            return offer == null || !serviceKey(offer, types).isEmpty();
        } catch (IllegalArgumentException unknownHere) {
            return false;
        }
    }

    /**
     * What is to be written. A key that is no longer configured stays as it is: whoever reads it may rely on it, and the
     * application may have written it since.
     */
    private Map<String, String> changedKeys(GossipOptions wanted) {
        Map<String, String> former = inForce.getInitialKeyValues();
        Map<String, String> changed = new LinkedHashMap<>();
        wanted.getInitialKeyValues().forEach((key, value) -> {
            if (!value.equals(former.get(key))) {
                changed.put(key, value);
            }
        });
        ServiceOffer offer = wanted.getService();
        if (offer != null && !offer.equals(inForce.getService()) && isKnown(offer)) {
            changed.put(ServiceInfo.KEY, serviceKey(offer, types));
        }
        return changed;
    }

    private String serviceKey(ServiceOffer offer, ServiceTypes known) {
        return GossipVerticle.service(offer, node.self().gossipAddress().toString(), known)
                .toJson()
                .encode();
    }
}
