/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.engine.Profile;
import io.gossip.core.engine.ProtocolChoice;
import io.gossip.transport.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code gossip node} that say who the member is and whom it talks to. Initial values are the defaults. */
final class NodeOptions {
    @Option(
            names = {"--listen-addr", "--listen_addr"},
            paramLabel = "HOST:PORT",
            description = "HTTP listening address (default: ${DEFAULT-VALUE})")
    HostPort listenAddr = new HostPort("127.0.0.1", 10_000);

    @Option(
            names = {"--gossip-addr", "--gossip_addr"},
            paramLabel = "HOST:PORT",
            description = "UDP listening address (default: host and port of --listen-addr)")
    @Nullable
    HostPort gossipAddr;

    @Option(
            names = {"--advertise-addr", "--advertise_addr"},
            paramLabel = "HOST:PORT",
            description = "what other members use to reach this one (default: the gossip address)")
    @Nullable
    HostPort advertiseAddr;

    @Option(
            names = {"--node-id", "--node_id"},
            paramLabel = "ID",
            description = "identifier of the member, at most 1,024 bytes of ASCII without control characters"
                    + " (default: generated, server:ADDR-three-readable-words)")
    @Nullable
    String nodeId;

    @Option(
            names = "--generation",
            paramLabel = "N",
            converter = Converters.Unsigned.class,
            description = "must grow at each restart (default: start time in milliseconds)")
    @Nullable
    Long generation;

    @Option(
            names = {"--cluster-id", "--cluster_id"},
            paramLabel = "ID",
            description = "members with another id are refused (default: ${DEFAULT-VALUE})")
    String clusterId = "default-cluster";

    @Option(
            names = "--seed",
            paramLabel = "HOST:PORT",
            description = "first contact, repeatable; a name stands for all its addresses (default: none)")
    List<HostPort> seeds = new ArrayList<>();

    @Option(
            names = "--gossip-interval",
            paramLabel = "DURATION",
            description = "time between two rounds, like 100ms or 1s (default: 1s)")
    Duration gossipInterval = Duration.ofSeconds(1);

    @Option(
            names = {"--interval-ms", "--interval_ms"},
            paramLabel = "N",
            description = "the same in milliseconds, give one of the two (default: see --gossip-interval)")
    @Nullable
    Integer intervalMillis;

    @Option(
            names = "--protocol",
            paramLabel = "v0|v1|auto",
            converter = Converters.Protocol.class,
            description = "version used to initiate; auto: v1 while every live member reads it, else v0;"
                    + " replies echo the peer's (default: v0)")
    ProtocolChoice protocol = ProtocolChoice.V0;

    @Option(
            names = "--profile",
            paramLabel = "interop|jvm",
            converter = Converters.ProfileName.class,
            description = "interop refuses what would harm Rust peers (default: interop)")
    Profile profile = Profile.INTEROP;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "service offered, or none (default: ${DEFAULT-VALUE})")
    String service = "api_gateway";

    @Option(names = "--shard", paramLabel = "N", description = "shard of the service (default: ${DEFAULT-VALUE})")
    long shard;

    @Option(
            names = "--service-type",
            paramLabel = "NAME=SHARDED",
            description = "service type beside the six known ones, whether it has shards (true or false), repeatable"
                    + " (default: none)")
    Map<String, Boolean> serviceTypes = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "initial key, repeatable; versions 1, 2, 3 ... in this order (default: none)")
    List<InitialKey> initialKeys = new ArrayList<>();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "remember keys, peers and generation in this directory (default: none, forget them)")
    @Nullable
    Path dataDir;

    @Option(
            names = "--ready-timeout",
            paramLabel = "DURATION",
            description = "how long to wait for a peer before /health/ready says 200 without one (default: for ever)")
    @Nullable
    Duration readyTimeout;

    @Option(
            names = "--log",
            paramLabel = "LEVELS",
            description = "log level: error, warn, info, debug, trace or off, also LOGGER=LEVEL, comma separated"
                    + " (default: info)")
    @Nullable
    String log;

    @Mixin
    HttpOptions http = new HttpOptions();

    @Mixin
    TuningOptions tuning = new TuningOptions();
}
