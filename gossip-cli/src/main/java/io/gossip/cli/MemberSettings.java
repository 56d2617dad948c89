/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.identity.GossipAddress;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.eventbus.ServiceTypes;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.HostPort;
import io.gossip.web.GossipWebOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to run one member, checked as far as that is possible before it runs.
 *
 * @param gossip for the gossip verticle
 * @param web for the web verticle, which gets prefix and interval of the gossip verticle
 * @param dataDir where to remember; null to forget
 */
record MemberSettings(
        GossipOptions gossip,
        GossipWebOptions web,
        @Nullable Path dataDir) {
    private static final String NO_SERVICE = "none";

    /**
     * Translates and checks the options of {@code gossip node}.
     *
     * @throws IllegalArgumentException naming the option and what is wrong with it
     */
    static MemberSettings of(NodeOptions options) {
        GossipOptions gossip = new GossipOptions()
                .setNode(node(options))
                .setInitialKeyValues(initialKeys(options))
                .setService(service(options));
        Duration readyTimeout = options.readyTimeout;
        if (readyTimeout != null) {
            checked("--ready-timeout", () -> gossip.setReadyTimeoutMillis(readyTimeout.toMillis()));
        }
        GossipWebOptions web = web(options.listenAddr);
        options.http.applyTo(web);
        return new MemberSettings(gossip, web, options.dataDir);
    }

    /** Serves HTTP at an address, with the defaults for everything else. */
    static GossipWebOptions web(HostPort address) {
        return new GossipWebOptions().setHost(address.host()).setPort(address.port());
    }

    private static GossipNodeOptions node(NodeOptions options) {
        HostPort listen = Objects.requireNonNullElse(options.gossipAddr, options.listenAddr);
        HostPort advertise = Objects.requireNonNullElse(options.advertiseAddr, listen);
        refuseWildcard(advertise);
        GossipNodeOptions node = new GossipNodeOptions()
                .setListenAddress(listen.toString())
                .setAdvertiseAddress(options.advertiseAddr == null ? null : advertise.toString())
                .setGeneration(options.generation)
                .setProtocolVersion(options.protocol)
                .setProfile(options.profile);
        checked("--node-id", () -> node.setNodeId(options.nodeId));
        checked("--cluster-id", () -> node.setClusterId(options.clusterId));
        checked(
                "--seed",
                () -> node.setSeedNodes(
                        options.seeds.stream().map(HostPort::toString).toList()));
        interval(options, node);
        tune(options.tuning, node);
        return node;
    }

    private static void interval(NodeOptions options, GossipNodeOptions node) {
        Duration interval = options.gossipInterval;
        Integer millis = options.intervalMillis;
        if (interval != null && millis != null) {
            throw new IllegalArgumentException("give either --gossip-interval or --interval-ms");
        }
        if (interval != null) {
            checked("--gossip-interval", () -> node.setGossipIntervalMillis(interval.toMillis()));
        }
        if (millis != null) {
            checked("--interval-ms", () -> node.setGossipIntervalMillis(millis));
        }
    }

    private static void tune(TuningOptions tuning, GossipNodeOptions node) {
        node.setDetector(tuning.detector);
        checked("--phi-threshold", () -> node.setPhiThreshold(tuning.phiThreshold));
        checked("--sampling-window", () -> node.setSamplingWindow(tuning.samplingWindow));
        checked("--max-interval", () -> node.setMaxIntervalMillis(tuning.maxInterval.toMillis()));
        checked("--initial-interval", () -> node.setInitialIntervalMillis(tuning.initialInterval.toMillis()));
        checked("--dead-node-grace-period", () -> node.setDeadNodeGraceMillis(tuning.deadNodeGrace.toMillis()));
        checked("--tombstone-grace-period", () -> node.setTombstoneGraceMillis(tuning.tombstoneGrace.toMillis()));
        checked("--fanout", () -> node.setFanout(tuning.fanout));
        checked("--max-members", () -> node.setMaxMembers(tuning.maxMembers));
        checked("--max-entry-bytes", () -> node.setMaxEntryBytes(tuning.maxEntryBytes));
        checked("--max-stream-bytes", () -> node.setMaxStreamBytes(tuning.maxStreamBytes));
        checked("--max-state-bytes", () -> node.setMaxStateBytes(tuning.maxStateBytes));
        checked("--reply-limit", () -> node.setReplyLimitBytes(tuning.replyLimit));
    }

    private static void refuseWildcard(HostPort advertise) {
        if (advertise.literal().filter(GossipAddress::isWildcard).isPresent()) {
            throw new IllegalArgumentException("others cannot reach this member at the wildcard address " + advertise
                    + ", set --advertise-addr HOST:PORT");
        }
    }

    private static Map<String, String> initialKeys(NodeOptions options) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (InitialKey initial : options.initialKeys) {
            if (keys.put(initial.key(), initial.value()) != null) {
                throw new IllegalArgumentException("--set: key '" + initial.key() + "' is given twice");
            }
        }
        return keys;
    }

    private static @Nullable ServiceOffer service(NodeOptions options) {
        if (options.service.equals(NO_SERVICE)) {
            return null;
        }
        // The host is no option: where others gossip with this member, as long as it says nothing else.
        checked("--service", () -> ServiceTypes.KNOWN.service(options.service, options.shard, "127.0.0.1:0"));
        return new ServiceOffer(options.service, options.shard, null);
    }

    private static void checked(String option, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
