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
     * @throws RefusedOption naming the option and what is wrong with it
     */
    static MemberSettings of(NodeOptions options) {
        GossipOptions gossip = new GossipOptions()
                .setNode(node(options))
                .setInitialKeyValues(initialKeys(options))
                .setServiceTypes(options.serviceTypes)
                .setService(service(options));
        Duration readyTimeout = options.readyTimeout;
        if (readyTimeout != null) {
            RefusedOption.checked("--ready-timeout", () -> gossip.setReadyTimeoutMillis(readyTimeout.toMillis()));
        }
        GossipWebOptions web = web(options.listenAddr);
        options.http.applyTo(web);
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

    private static GossipNodeOptions node(NodeOptions options) {
        HostPort listen = Objects.requireNonNullElse(options.gossipAddr, options.listenAddr);
        HostPort advertise = Objects.requireNonNullElse(options.advertiseAddr, listen);
        refuseWildcard(advertise, options);
        GossipNodeOptions node = new GossipNodeOptions()
                .setListenAddress(listen.toString())
                .setAdvertiseAddress(options.advertiseAddr == null ? null : advertise.toString())
                .setGeneration(options.generation)
                .setProtocolVersion(options.protocol)
                .setProfile(options.profile);
        RefusedOption.checked("--node-id", () -> node.setNodeId(options.nodeId));
        RefusedOption.checked("--cluster-id", () -> node.setClusterId(options.clusterId));
        RefusedOption.checked(
                "--seed",
                () -> node.setSeedNodes(
                        options.seeds.stream().map(HostPort::toString).toList()));
        interval(options, node);
        tune(options.tuning, node);
        return node;
    }

    private static void interval(NodeOptions options, GossipNodeOptions node) {
        Integer millis = options.intervalMillis;
        if (millis != null) {
            RefusedOption.checked("--interval-ms", () -> node.setGossipIntervalMillis(millis));
        } else {
            RefusedOption.checked(
                    "--gossip-interval", () -> node.setGossipIntervalMillis(options.gossipInterval.toMillis()));
        }
    }

    private static void tune(TuningOptions tuning, GossipNodeOptions node) {
        node.setDetector(tuning.detector);
        RefusedOption.checked("--phi-threshold", () -> node.setPhiThreshold(tuning.phiThreshold));
        RefusedOption.checked("--sampling-window", () -> node.setSamplingWindow(tuning.samplingWindow));
        RefusedOption.checked("--max-interval", () -> node.setMaxIntervalMillis(tuning.maxInterval.toMillis()));
        RefusedOption.checked(
                "--initial-interval", () -> node.setInitialIntervalMillis(tuning.initialInterval.toMillis()));
        RefusedOption.checked(
                "--dead-node-grace-period", () -> node.setDeadNodeGraceMillis(tuning.deadNodeGrace.toMillis()));
        RefusedOption.checked(
                "--tombstone-grace-period", () -> node.setTombstoneGraceMillis(tuning.tombstoneGrace.toMillis()));
        RefusedOption.checked("--fanout", () -> node.setFanout(tuning.fanout));
        RefusedOption.checked("--max-members", () -> node.setMaxMembers(tuning.maxMembers));
        RefusedOption.checked("--max-entry-bytes", () -> node.setMaxEntryBytes(tuning.maxEntryBytes));
        RefusedOption.checked("--max-stream-bytes", () -> node.setMaxStreamBytes(tuning.maxStreamBytes));
        RefusedOption.checked("--max-state-bytes", () -> node.setMaxStateBytes(tuning.maxStateBytes));
        RefusedOption.checked("--reply-limit", () -> node.setReplyLimitBytes(tuning.replyLimit));
    }

    private static void refuseWildcard(HostPort advertise, NodeOptions options) {
        if (advertise.literal().filter(GossipAddress::isWildcard).isPresent()) {
            String given = options.gossipAddr == null ? "--listen-addr" : "--gossip-addr";
            throw new RefusedOption(
                    options.advertiseAddr == null ? given : "--advertise-addr",
                    "others cannot reach this member at the wildcard address " + advertise
                            + ", set --advertise-addr HOST:PORT");
        }
    }

    private static Map<String, String> initialKeys(NodeOptions options) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (InitialKey initial : options.initialKeys) {
            if (keys.put(initial.key(), initial.value()) != null) {
                throw new RefusedOption("--set", "key '" + initial.key() + "' is given twice");
            }
        }
        return keys;
    }

    private static @Nullable ServiceOffer service(NodeOptions options) {
        if (options.service.equals(NO_SERVICE)) {
            return null;
        }
        RefusedOption.checked("--service-type", () -> ServiceTypes.KNOWN.with(options.serviceTypes));
        ServiceTypes types = ServiceTypes.KNOWN.with(options.serviceTypes);
        // The host is no option: where others gossip with this member, as long as it says nothing else.
        RefusedOption.checked("--service", () -> types.service(options.service, options.shard, "127.0.0.1:0"));
        return new ServiceOffer(options.service, options.shard, null);
    }
}
