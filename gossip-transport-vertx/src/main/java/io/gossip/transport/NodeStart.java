/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Step;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberStore;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings one node up, step by step; what is open already is closed again when a later step fails. Confined. */
final class NodeStart {
    private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long GREATEST_GENERATION = -1; // unsigned

    private final NodeContext context;
    private final GossipNodeOptions options;
    private final Function<NodeIdentity, Map<String, String>> initialKeyValues;
    private final Transport transport;
    private final @Nullable MemberStore store;
    private final InstantSource clock;
    private final HostResolver resolver;
    private final StoreWriter.Patience patience;
    private final Logger logger = System.getLogger(GossipNode.class.getName());

    /** Takes the options over and fills them in; without a store the node will forget. */
    NodeStart(
            NodeContext context,
            GossipNodeOptions options,
            Function<NodeIdentity, Map<String, String>> initialKeyValues,
            Transport transport,
            @Nullable MemberStore store,
            InstantSource clock,
            HostResolver resolver,
            StoreWriter.Patience patience) {
        this.patience = patience;
        this.context = context;
        this.options = options;
        this.initialKeyValues = initialKeyValues;
        this.transport = transport;
        this.store = store;
        this.clock = clock;
        this.resolver = resolver;
    }

    Future<GossipNode> run() {
        checkAddresses(options);
        HostPort listen = HostPort.parse("listenAddress", options.getListenAddress());
        String advertised = options.getAdvertiseAddress();
        HostPort advertise = advertised == null ? null : HostPort.parse("advertiseAddress", advertised);
        MemberStore used = store;
        return used == null
                ? open(listen, advertise, (socket, address) -> assemble(socket, address, null))
                : recall(used, listen, advertise);
    }

    private Future<GossipNode> recall(MemberStore used, HostPort listen, @Nullable HostPort advertise) {
        StoreWriter writer = new StoreWriter(context, used, logger, patience);
        return writer.open().compose(memory -> {
            Recollection recollection = new Recollection(memory, writer);
            // What a transport of others throws at once must be recovered from as well.
            return Future.succeededFuture()
                    .compose(begun ->
                            open(listen, advertise, (socket, address) -> assemble(socket, address, recollection)))
                    .recover(failure -> givenUp(writer, failure));
        });
    }

    private static Future<GossipNode> givenUp(StoreWriter writer, Throwable failure) {
        Future<Void> released = writer.giveUp();
        return failure instanceof StoreHangsException
                ? Future.failedFuture(failure)
                : released.transform(done -> Future.failedFuture(failure));
    }

    private Future<GossipNode> open(HostPort listen, @Nullable HostPort advertise, Assembly assembly) {
        return resolve("listenAddress", listen)
                .compose(address -> transport.open(context.vertx(), address))
                .compose(socket -> advertised(advertise, socket)
                        .compose(address -> assembly.assemble(socket, address))
                        .recover(failure ->
                                socket.close().transform(closed -> Future.<GossipNode>failedFuture(failure))));
    }

    /** What to do with an open socket and the address that others are to use. */
    private interface Assembly {
        Future<GossipNode> assemble(GossipSocket socket, GossipAddress advertised);
    }

    /** What a store held when it was opened, and who writes to it. */
    private record Recollection(MemberMemory memory, StoreWriter writer) {}

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
                        .recover(failure -> Future.failedFuture(new UnknownHostException(what + " " + address
                                + ": unknown host '" + address.host() + "'; set another " + what))));
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

    private Future<GossipNode> assemble(
            GossipSocket opened, GossipAddress advertised, @Nullable Recollection recollection) {
        Long randomSeed = options.getRandomSeed();
        SplittableRandom random = new SplittableRandom(randomSeed != null ? randomSeed : new SecureRandom().nextLong());
        MemberMemory known = recollection == null ? MemberMemory.NOTHING : recollection.memory();
        NodeIdentity self = identity(advertised, random, known);
        Map<String, String> configured = initialKeyValues.apply(self);
        if (recollection == null) {
            Gossiper engine = new Gossiper(config(options, self), configured, random.split(), System.nanoTime());
            return Future.succeededFuture(assemble(opened, self, engine, random, null));
        }
        Restoration restoration = Restoration.of(
                known,
                self,
                options.getClusterId(),
                configured,
                Duration.ofMillis(options.getTombstoneGraceMillis()),
                clock.instant());
        Gossiper engine = new Gossiper(config(options, self), restoration.initial(), random.split(), System.nanoTime());
        restore(restoration, engine);
        restoration.records().forEach(recollection.writer()::add);
        OldPeers peers = new OldPeers(self, options.getFanout(), NodeMemory.patienceRounds(options), known.peers());
        StoreWriter writer = recollection.writer();
        NodeMemory memory = new NodeMemory(self, clock, writer, peers, configured);
        writer.keys(() -> OwnKeys.of(engine, self, clock.instant()));
        // Nobody may hear of a generation that could be used a second time.
        return writer.begin().map(stored -> assemble(opened, self, engine, random, memory));
    }

    // One by one: what is refused now, because a limit was lowered, must not keep the node from starting.
    private void restore(Restoration restoration, Gossiper engine) {
        for (MemberMemory.Key key : restoration.restored()) {
            Step<?> step = engine.withState(
                    access -> key.collectedSince().isPresent()
                            ? access.setWithTtl(key.key(), key.value())
                            : access.set(key.key(), key.value()),
                    System.nanoTime());
            if (step.failure() != null) {
                logger.log(
                        Level.WARNING,
                        Failures.oneLine("a remembered key is left out: " + Failures.oneLine(step.failure())));
            }
        }
    }

    private GossipNode assemble(
            GossipSocket opened,
            NodeIdentity self,
            Gossiper engine,
            SplittableRandom random,
            @Nullable NodeMemory memory) {
        LimitedLog limited = new LimitedLog(logger, System::nanoTime, LOG_PERIOD_NANOS);
        Audience audience = new Audience(limited);
        SocketKeeper socket = new SocketKeeper(transport, opened, context.vertx(), context, logger);
        SeedRefresh seeds = new SeedRefresh(
                new SeedBook(options.getSeedNodes()), resolver, context, logger, options.getSeedRefreshMillis());
        NodeLoop loop = new NodeLoop(engine, self, socket, audience, logger, limited, seeds::alone, memory);
        NodeLife life = new NodeLife(
                context,
                loop,
                socket,
                seeds,
                memory,
                random.split(),
                TimeUnit.MILLISECONDS.toNanos(options.getGossipIntervalMillis()));
        LiveOptions live = new LiveOptions(options, self, loop, life, seeds, memory);
        GossipNode node = new GossipNode(context, live, self, audience, socket, loop, life, memory);
        if (!context.closeWithOwner(node::close)) {
            throw new IllegalStateException("Vert.x, or the verticle that starts the node, is closed");
        }
        life.begin();
        return node;
    }

    private NodeIdentity identity(GossipAddress advertised, SplittableRandom random, MemberMemory known) {
        String nodeId = options.getNodeId();
        if (nodeId == null) {
            nodeId = known.owner()
                    .map(MemberMemory.Owner::nodeId)
                    .orElseGet(() -> NodeNames.generate(advertised, random));
            options.setNodeId(nodeId);
        }
        refuseForeignMemory(known, new MemberMemory.Owner(options.getClusterId(), nodeId));
        long generation = generation(known);
        options.setGeneration(generation);
        return new NodeIdentity(nodeId, generation, advertised);
    }

    private static void refuseForeignMemory(MemberMemory known, MemberMemory.Owner self) {
        known.owner().filter(owner -> !owner.equals(self)).ifPresent(owner -> {
            throw new IllegalArgumentException("the store holds what node '" + owner.nodeId() + "' of cluster '"
                    + owner.clusterId() + "' remembers, this is node '" + self.nodeId() + "' of cluster '"
                    + self.clusterId() + "': give it a store of its own, or empty this one");
        });
    }

    private long generation(MemberMemory known) {
        Long configured = options.getGeneration();
        long startTime = clock.millis();
        if (known.highestGeneration().isEmpty()) {
            return configured == null ? startTime : configured;
        }
        long highest = known.highestGeneration().get().value();
        OptionRules.require(
                highest != GREATEST_GENERATION,
                "generation " + Long.toUnsignedString(highest)
                        + " was used before and none is greater: give the node a new id and a store of its own");
        OptionRules.require(
                configured == null || Long.compareUnsigned(configured, highest) > 0,
                "generation must be greater than " + Long.toUnsignedString(highest) + ", which was used before, was "
                        + (configured == null ? "" : Long.toUnsignedString(configured))
                        + "; leave it out to have one chosen");
        if (configured != null) {
            return configured;
        }
        return Long.compareUnsigned(startTime, highest) > 0 ? startTime : highest + 1;
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
