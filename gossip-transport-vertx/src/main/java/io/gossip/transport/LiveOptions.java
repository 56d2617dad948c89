/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.GossipConfig;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The options in force, and how they give way to others. Confined, except {@link #inForce} and {@link #preview}. */
final class LiveOptions {
    private static final Set<String> LIVE = Set.of(
            "seedNodes",
            "seedRefreshMillis",
            "protocolVersion",
            "gossipIntervalMillis",
            "detector",
            "phiThreshold",
            "samplingWindow",
            "maxIntervalMillis",
            "initialIntervalMillis",
            "deadNodeGraceMillis",
            "tombstoneGraceMillis",
            "fanout",
            "maxMembers",
            "deadNodeMemory",
            "maxEntryBytes",
            "maxStreamBytes",
            "maxStateBytes",
            "replyLimitBytes");

    /** Whoever leaves them open is content with what was generated at the start. */
    private static final Set<String> GENERATED = Set.of("nodeId", "generation");

    /** What is to become of some wanted options; {@code config} is checked already. */
    private record Plan(GossipNodeOptions options, GossipConfig config, Reconfiguration outcome) {}

    private final NodeIdentity self;
    private final NodeLoop loop;
    private final NodeLife life;
    private final SeedRefresh seeds;
    private final @Nullable NodeMemory memory;
    private volatile GossipNodeOptions inForce; // never changed once it is here

    LiveOptions(
            GossipNodeOptions options,
            NodeIdentity self,
            NodeLoop loop,
            NodeLife life,
            SeedRefresh seeds,
            @Nullable NodeMemory memory) {
        this.inForce = options;
        this.self = self;
        this.loop = loop;
        this.life = life;
        this.seeds = seeds;
        this.memory = memory;
    }

    /** Not to be changed. */
    GossipNodeOptions inForce() {
        return inForce;
    }

    Reconfiguration preview(GossipNodeOptions wanted, Map<String, String> keyValues) {
        Plan plan = plan(wanted);
        keyValues.forEach(plan.config()::requireWritable);
        return plan.outcome();
    }

    Reconfiguration change(GossipNodeOptions wanted) {
        Plan plan = plan(wanted);
        List<String> applied = plan.outcome().applied();
        if (!applied.isEmpty()) {
            GossipNodeOptions options = plan.options();
            loop.reconfigure(plan.config());
            life.interval(TimeUnit.MILLISECONDS.toNanos(options.getGossipIntervalMillis()));
            if (memory != null) {
                memory.reconfigured(options);
            }
            inForce = options;
            if (applied.contains("seedNodes") || applied.contains("seedRefreshMillis")) {
                seeds.change(options.getSeedNodes(), options.getSeedRefreshMillis());
            }
        }
        return plan.outcome();
    }

    private Plan plan(GossipNodeOptions wanted) {
        NodeStart.checkAddresses(wanted);
        GossipNodeOptions now = inForce;
        JsonObject merged = now.toJson();
        JsonObject asked = wanted.toJson();
        List<String> applied = new ArrayList<>();
        List<String> needRestart = new ArrayList<>();
        for (String name : GossipNodeOptions.jsonNames()) {
            Object value = asked.getValue(name);
            boolean leftOpen = value == null && GENERATED.contains(name);
            if (leftOpen || Objects.equals(value, merged.getValue(name))) {
                continue;
            }
            if (LIVE.contains(name)) {
                merged.put(name, value); // null stands for what suits the heap, as when it is absent
                applied.add(name);
            } else {
                needRestart.add(name);
            }
        }
        GossipNodeOptions options = new GossipNodeOptions(merged).setLivenessPredicate(now.getLivenessPredicate());
        return new Plan(options, NodeStart.config(options, self), new Reconfiguration(applied, needRestart));
    }
}
