/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.engine.Effect;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Input;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.SharedInstances;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One engine that knows many members: each with five keys of 20 bytes, itself with some keys of 20 bytes. The same state
 * as the reference's server is given in side-by-side runs.
 */
final class KnownCluster {
    static final String CLUSTER_ID = "bench";
    static final GossipAddress SEED_NODE = GossipAddress.parse("127.0.0.1:9999");

    private static final int KEYS_PER_MEMBER = 5;
    private static final int VALUE_BYTES = 20;

    final Gossiper engine;
    private final MessageCodec codec = new MessageCodec(1 << 24, new IdentityTable());
    private long nowNanos = 1;

    private final int members;

    KnownCluster(int members, int ownKeys, ProtocolVersion version) {
        this(members, ownKeys, version, null);
    }

    KnownCluster(int members, int ownKeys, ProtocolVersion version, @Nullable SharedInstances shared) {
        this.members = members;
        Random random = new Random(42);
        GossipConfig config = GossipConfig.builder(identity(0), CLUSTER_ID)
                .protocolVersion(version)
                .replyLimitBytes(0)
                .sharedInstances(shared)
                .build();
        Map<String, String> own = new LinkedHashMap<>();
        for (int i = 0; i < ownKeys; i++) {
            own.put("own-key-%06d".formatted(i), text(random, VALUE_BYTES));
        }
        engine = new Gossiper(config, own, random, nowNanos);
        engine.handle(new Input.SeedNodesResolved(Set.of(SEED_NODE)), nowNanos);
        for (int from = 1; from < members; from += 500) {
            learn(from, Math.min(members, from + 500), random);
        }
    }

    private void learn(int from, int to, Random random) {
        List<NodeDigest> digest = new ArrayList<>();
        List<NodeDelta> deltas = new ArrayList<>();
        for (int i = from; i < to; i++) {
            digest.add(new NodeDigest(identity(i), 1_000, 0, KEYS_PER_MEMBER));
            List<KeyMutation> keys = new ArrayList<>();
            for (int k = 1; k <= KEYS_PER_MEMBER; k++) {
                keys.add(new KeyMutation("key-" + k, text(random, VALUE_BYTES), k, EntryStatus.SET));
            }
            deltas.add(new NodeDelta(identity(i), 0, 0, keys, KEYS_PER_MEMBER));
        }
        receive(new Message.Syn(Digest.of(digest), CLUSTER_ID));
        for (int part = 0; part < deltas.size(); part += 100) {
            receive(new Message.Ack(new Delta(deltas.subList(part, Math.min(deltas.size(), part + 100)))));
        }
    }

    /** Lets every member beat, a second after the last time. */
    void hearAll(int beat) {
        nowNanos += 1_000_000_000;
        for (int from = 1; from < members; from += 500) {
            List<NodeDigest> digest = new ArrayList<>();
            for (int i = from; i < Math.min(members, from + 500); i++) {
                digest.add(new NodeDigest(identity(i), 1_000 + beat, 0, KEYS_PER_MEMBER));
            }
            receive(new Message.Syn(Digest.of(digest), CLUSTER_ID));
        }
    }

    private void receive(Message message) {
        answer(codec.encode(new Envelope(ProtocolVersion.V0, message)));
    }

    /** Hands a datagram to the engine as if the seed node had sent it. */
    List<Effect> answer(byte[] datagram) {
        return engine.handle(new Input.Received(datagram, SEED_NODE), nowNanos += 1_000_000);
    }

    /** Runs a round of the engine. */
    List<Effect> round() {
        return engine.handle(new Input.RoundDue(), nowNanos += 1_000_000);
    }

    /** A SYN that shows the engine exactly what it knows already, in the engine's own version. */
    byte[] synOfTheSameDigest() {
        for (Effect effect : engine.handle(new Input.GossipRequested(SEED_NODE), nowNanos)) {
            if (effect instanceof Effect.Send send) {
                return send.datagram();
            }
        }
        throw new AssertionError("no SYN was sent");
    }

    static NodeIdentity identity(int i) {
        return new NodeIdentity(
                "member-name-%08d".formatted(i),
                1_700_000_000_000L + i,
                GossipAddress.of(new byte[] {127, 0, (byte) (i >>> 8), (byte) i}, 7_000));
    }

    static String text(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
