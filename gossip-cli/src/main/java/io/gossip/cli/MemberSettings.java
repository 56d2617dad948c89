/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.engine.GossipConfig;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
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
 * @param web for the web verticle, but for what it shares with the gossip verticle
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
     * @param refusals is told what no member can run with; what is returned lacks it then
     */
    static MemberSettings of(NodeOptions options, Refusals refusals) {
        GossipOptions gossip = new GossipOptions()
                .setNode(node(options, refusals))
                .setInitialKeyValues(initialKeys(options, refusals))
                .setServiceTypes(options.serviceTypes)
                .setService(service(options, refusals));
        Duration readyTimeout = options.readyTimeout;
        if (readyTimeout != null) {
            refusals.check("--ready-timeout", () -> gossip.setReadyTimeoutMillis(readyTimeout.toMillis()));
        }
        GossipWebOptions web = web(options.listenAddr);
        options.http.applyTo(web, refusals);
        return new MemberSettings(gossip, web, options.dataDir);
    }

    /** {@return the options of the web verticle with what it shares with the gossip verticle} */
    GossipWebOptions webOfNode() {
        return new GossipWebOptions(web)
                .setAddressPrefix(gossip.getAddressPrefix())
                .setGossipIntervalMillis(gossip.getNode().getGossipIntervalMillis());
    }

    /** Serves HTTP at an address, with the defaults for everything else. */
    static GossipWebOptions web(HostPort address) {
        return new GossipWebOptions().setHost(address.host()).setPort(address.port());
    }

    private static GossipNodeOptions node(NodeOptions options, Refusals refusals) {
        HostPort listen = Objects.requireNonNullElse(options.gossipAddr, options.listenAddr);
        HostPort advertise = Objects.requireNonNullElse(options.advertiseAddr, listen);
        refuseWildcard(advertise, options, refusals);
        GossipNodeOptions node = new GossipNodeOptions()
                .setListenAddress(listen.toString())
                .setAdvertiseAddress(options.advertiseAddr == null ? null : advertise.toString())
                .setGeneration(options.generation)
                .setProtocolVersion(options.protocol)
                .setProfile(options.profile);
        refusals.check("--node-id", () -> node.setNodeId(options.nodeId));
        refusals.check("--cluster-id", () -> node.setClusterId(options.clusterId));
        refusals.check(
                "--seed",
                () -> node.setSeedNodes(
                        options.seeds.stream().map(HostPort::toString).toList()));
        interval(options, node, refusals);
        tune(options.tuning, node, refusals);
        return node;
    }

    private static void interval(NodeOptions options, GossipNodeOptions node, Refusals refusals) {
        Integer millis = options.intervalMillis;
        if (millis != null) {
            refusals.check("--interval-ms", () -> node.setGossipIntervalMillis(millis));
        } else {
            refusals.check("--gossip-interval", () -> node.setGossipIntervalMillis(options.gossipInterval.toMillis()));
        }
    }

    private static void tune(TuningOptions tuning, GossipNodeOptions node, Refusals refusals) {
        node.setDetector(tuning.detector);
        refusals.check("--phi-threshold", () -> node.setPhiThreshold(tuning.phiThreshold));
        refusals.check("--sampling-window", () -> node.setSamplingWindow(tuning.samplingWindow));
        refusals.check("--max-interval", () -> node.setMaxIntervalMillis(tuning.maxInterval.toMillis()));
        refusals.check("--initial-interval", () -> node.setInitialIntervalMillis(tuning.initialInterval.toMillis()));
        refusals.check("--dead-node-grace-period", () -> node.setDeadNodeGraceMillis(tuning.deadNodeGrace.toMillis()));
        refusals.check(
                "--tombstone-grace-period", () -> node.setTombstoneGraceMillis(tuning.tombstoneGrace.toMillis()));
        refusals.check("--fanout", () -> node.setFanout(tuning.fanout));
        refusals.check("--max-members", () -> node.setMaxMembers(tuning.maxMembers));
        refusals.check("--max-entry-bytes", () -> node.setMaxEntryBytes(tuning.maxEntryBytes));
        refusals.check("--max-stream-bytes", () -> node.setMaxStreamBytes(tuning.maxStreamBytes));
        refusals.check("--max-state-bytes", () -> node.setMaxStateBytes(tuning.maxStateBytes));
        refusals.check("--reply-limit", () -> node.setReplyLimitBytes(tuning.replyLimit));
    }

    private static void refuseWildcard(HostPort advertise, NodeOptions options, Refusals refusals) {
        if (advertise.literal().filter(GossipAddress::isWildcard).isPresent()) {
            String given = options.gossipAddr == null ? "--listen-addr" : "--gossip-addr";
            refusals.refuse(
                    options.advertiseAddr == null ? given : "--advertise-addr",
                    "others cannot reach this member at the wildcard address " + advertise
                            + ", set --advertise-addr HOST:PORT");
        }
    }

    private static Map<String, String> initialKeys(NodeOptions options, Refusals refusals) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (InitialKey initial : options.initialKeys) {
            if (keys.put(initial.key(), initial.value()) != null) {
                refusals.refuse("--set", "key '" + initial.key() + "' is given twice");
            }
        }
        requireWritable(keys, options, refusals);
        return keys;
    }

    /** Who the member will be does not matter for that, so nothing has to be opened to find out. */
    private static void requireWritable(Map<String, String> keys, NodeOptions options, Refusals refusals) {
        if (!refusals.all().isEmpty()) {
            return; // the limits themselves may be wrong
        }
        NodeIdentity anybody = new NodeIdentity("anybody", 1, GossipAddress.parse("127.0.0.1:1"));
        GossipConfig rules = GossipConfig.builder(anybody, options.clusterId)
                .profile(options.profile)
                .maxEntryBytes(options.tuning.maxEntryBytes)
                .build();
        keys.forEach((key, value) -> refusals.check("--set", () -> rules.requireWritable(key, value)));
    }

    private static @Nullable ServiceOffer service(NodeOptions options, Refusals refusals) {
        refusals.check("--service-type", () -> ServiceTypes.KNOWN.with(options.serviceTypes));
        if (options.shard < 0) {
            refusals.refuse("--shard", "must be 0 or more, was " + options.shard);
        }
        if (options.service.equals(NO_SERVICE) || !refusals.allows("--service-type") || !refusals.allows("--shard")) {
            return null;
        }
        ServiceTypes types = ServiceTypes.KNOWN.with(options.serviceTypes);
        // The host is no option: where others gossip with this member, as long as it says nothing else.
        refusals.check("--service", () -> types.service(options.service, options.shard, "127.0.0.1:0"));
        return new ServiceOffer(options.service, options.shard, null);
    }
}
