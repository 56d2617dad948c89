/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Brings one node up, step by step; what is open already is closed again when a later step fails. Confined. */
final class NodeStart {
    private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NodeContext context;
    private final GossipNodeOptions options;
    private final Map<String, String> initialKeyValues;
    private final Transport transport;
    private final HostResolver resolver;
    private final Logger logger = System.getLogger(GossipNode.class.getName());

    /** Takes the options over and fills them in. */
    NodeStart(
            NodeContext context,
            GossipNodeOptions options,
            Map<String, String> initialKeyValues,
            Transport transport,
            HostResolver resolver) {
        this.context = context;
        this.options = options;
        this.initialKeyValues = initialKeyValues;
        this.transport = transport;
        this.resolver = resolver;
    }

    Future<GossipNode> run() {
        checkAddresses(options);
        HostPort listen = HostPort.parse("listenAddress", options.getListenAddress());
        String advertised = options.getAdvertiseAddress();
        HostPort advertise = advertised == null ? null : HostPort.parse("advertiseAddress", advertised);
        return resolve("listenAddress", listen)
                .compose(address -> transport.open(context.vertx(), address))
                .compose(socket -> advertised(advertise, socket)
                        .map(address -> assemble(socket, address))
                        .recover(failure ->
                                socket.close().transform(closed -> Future.<GossipNode>failedFuture(failure))));
    }

    /** Refuses addresses that nobody could reach. */
    static void checkAddresses(GossipNodeOptions options) {
        HostPort listen = HostPort.parse("listenAddress", options.getListenAddress());
        String advertised = options.getAdvertiseAddress();
        refuseWildcards(listen, advertised == null ? null : HostPort.parse("advertiseAddress", advertised));
    }

    private static void refuseWildcards(HostPort listen, @Nullable HostPort advertise) {
        if (advertise == null) {
            OptionRules.require(
                    !isWildcard(listen),
                    "listenAddress " + listen
                            + " is a wildcard: set advertiseAddress to the address that other members reach this node at");
        } else {
            OptionRules.require(
                    !isWildcard(advertise), "advertiseAddress must not be a wildcard, was '" + advertise + "'");
        }
    }

    private static boolean isWildcard(HostPort address) {
        return address.literal().map(GossipAddress::isWildcard).orElse(false);
    }

    private Future<GossipAddress> resolve(String what, HostPort address) {
        return address.literal()
                .map(Future::succeededFuture)
                .orElseGet(() -> resolver.resolve(address.host())
                        .map(ips -> GossipAddress.of(ips.get(0), address.port()))
                        .recover(failure -> Future.failedFuture(new UnknownHostException(
                                what + " " + address + ": unknown host '" + address.host() + "'"))));
    }

    private Future<GossipAddress> advertised(@Nullable HostPort advertise, GossipSocket socket) {
        if (advertise == null) {
            return Future.succeededFuture(socket.localAddress());
        }
        return resolve("advertiseAddress", advertise)
                .map(address -> address.port() != 0
                        ? address
                        : GossipAddress.of(address.ip(), socket.localAddress().port()));
    }

    private GossipNode assemble(GossipSocket opened, GossipAddress advertised) {
        Long randomSeed = options.getRandomSeed();
        SplittableRandom random = new SplittableRandom(randomSeed != null ? randomSeed : new SecureRandom().nextLong());
        NodeIdentity self = identity(advertised, random);
        Gossiper engine = new Gossiper(config(options, self), initialKeyValues, random.split(), System.nanoTime());
        LimitedLog limited = new LimitedLog(logger, System::nanoTime, LOG_PERIOD_NANOS);
        Audience audience = new Audience(limited);
        SocketKeeper socket = new SocketKeeper(transport, opened, context.vertx(), context, logger);
        SeedRefresh seeds = new SeedRefresh(
                new SeedBook(options.getSeedNodes()), resolver, context, logger, options.getSeedRefreshMillis());
        NodeLoop loop = new NodeLoop(engine, self, socket, audience, logger, limited, seeds::alone);
        NodeLife life = new NodeLife(
                context,
                loop,
                socket,
                seeds,
                random.split(),
                TimeUnit.MILLISECONDS.toNanos(options.getGossipIntervalMillis()));
        LiveOptions live = new LiveOptions(options, self, loop, life, seeds);
        GossipNode node = new GossipNode(context, live, self, audience, socket, loop, life);
        if (!context.closeWithOwner(node::close)) {
            throw new IllegalStateException("Vert.x, or the verticle that starts the node, is closed");
        }
        life.begin();
        return node;
    }

    private NodeIdentity identity(GossipAddress advertised, SplittableRandom random) {
        String nodeId = options.getNodeId();
        if (nodeId == null) {
            nodeId = NodeNames.generate(advertised, random);
            options.setNodeId(nodeId);
        }
        Long generation = options.getGeneration();
        if (generation == null) {
            generation = System.currentTimeMillis();
            options.setGeneration(generation);
        }
        return new NodeIdentity(nodeId, generation, advertised);
    }

    static GossipConfig config(GossipNodeOptions options, NodeIdentity self) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        return GossipConfig.builder(self, options.getClusterId())
                .protocolVersion(options.getProtocolVersion())
                .profile(options.getProfile())
                .gossipInterval(Duration.ofMillis(options.getGossipIntervalMillis()))
                .fanout(options.getFanout())
                .detector(new DetectorSettings(
                        options.getPhiThreshold(),
                        options.getSamplingWindow(),
                        Duration.ofMillis(options.getMaxIntervalMillis()),
                        Duration.ofMillis(options.getInitialIntervalMillis()),
                        options.getDetector()))
                .tombstoneGrace(Duration.ofMillis(options.getTombstoneGraceMillis()))
                .deadNodeGrace(Duration.ofMillis(options.getDeadNodeGraceMillis()))
                .maxMembers(options.getMaxMembers())
                .maxEntryBytes(options.getMaxEntryBytes())
                .maxStreamBytes(HeapShare.maxStreamBytes(options, heapBytes))
                .maxStateBytes(HeapShare.maxStateBytes(options, heapBytes))
                .maxDatagramBytes(options.getMaxDatagramBytes())
                .replyLimitBytes(options.getReplyLimitBytes())
                .deadNodeMemory(options.getDeadNodeMemory())
                .solicitedAnswersOnly(options.isSolicitedAnswersOnly())
                .livenessPredicate(options.getLivenessPredicate())
                .build();
    }
}
