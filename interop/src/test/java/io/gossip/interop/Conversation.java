/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random conversation of four members, which exist only here, with the twins: handshakes in any order, with numbers
 * near those that the twins hold, so that every line of the table of verdicts (semantics §6) is met; own writes, rounds,
 * and rests in which keys are collected and members die.
 */
final class Conversation {
    static final Duration INTERVAL = Duration.ofMillis(100);

    // With these, phi is never exactly the threshold, where rounding would decide.
    private static final double PHI_THRESHOLD = 7.97;
    private static final Duration INITIAL_INTERVAL = Duration.ofMillis(307);

    private static final int STEPS = 60;
    private static final int SHOWN_STEPS = 8;
    private static final int SPEAKERS = 4;
    private static final int KEYS = 6;

    // Both kinds collect own tombstones at other moments (W26). So nothing is old enough to be collected but in rests,
    // and in those everything gets so old that both have collected it.
    private static final int GRACE_ROUNDS = 20;
    private static final int ROUNDS_BETWEEN_RESTS = GRACE_ROUNDS - 2;
    private static final int REST_ROUNDS = 3 * GRACE_ROUNDS;
    private static final int DEAD_NODE_GRACE_ROUNDS = 4 * GRACE_ROUNDS;
    private static final int ROUNDS_PER_BEAT = 5;

    private final Random random;
    private final ProtocolVersion version;
    private final Twins twins;
    private final Comparison comparison;
    private final List<NodeIdentity> speakers = new ArrayList<>();
    private final Map<NodeIdentity, Integer> heartbeats = new HashMap<>();
    private final Deque<String> lastSteps = new ArrayDeque<>();
    private final Set<NodeIdentity> named = new HashSet<>(); // by the seed node, since it was listed
    private View known;
    private int roundsSinceRest;

    Conversation(long randomSeed, ProtocolVersion version, Cluster cluster) {
        this.random = new Random(randomSeed);
        this.version = version;
        for (int i = 0; i < SPEAKERS; i++) {
            NodeIdentity speaker = new NodeIdentity("speaker" + i, 1 + i % 2, address(7_001 + i));
            speakers.add(speaker);
            heartbeats.put(speaker, 1);
        }
        this.twins =
                new Twins(cluster.virtualRust(options()), VirtualJava.start(options(), new Random(random.nextLong())));
        this.comparison = new Comparison(twins.identity());
        this.known = twins.java().view();
        twins.advance(Duration.ZERO, 1);
    }

    private static GossipAddress address(int port) {
        return GossipAddress.parse("127.0.0.1:" + port);
    }

    private PeerOptions options() {
        return new PeerOptions("subject", Setting.V0_IPV4)
                .port(7_000)
                .protocol(version)
                .interval(INTERVAL)
                .initialInterval(INITIAL_INTERVAL)
                .phiThreshold(PHI_THRESHOLD)
                .tombstoneGrace(INTERVAL.multipliedBy(GRACE_ROUNDS))
                .deadNodeGrace(INTERVAL.multipliedBy(DEAD_NODE_GRACE_ROUNDS))
                .replyLimitBytes(0)
                .keyValue("initial", "1")
                .seedNode(speakers.get(0).gossipAddress());
    }

    /** Has it, comparing after every step; returns what was met. */
    Comparison run() {
        for (int step = 0; step < STEPS; step++) {
            try {
                if (!named.containsAll(speakers)
                        || !named.containsAll(known.members().keySet())) {
                    introduce();
                }
                step();
                known = twins.java().view();
                named.retainAll(known.members().keySet());
                comparison.views(twins.rust().view(), known);
            } catch (AssertionError difference) {
                throw new AssertionError(
                        "step " + step + ": " + difference.getMessage() + "\nlast steps:\n"
                                + String.join("\n", lastSteps),
                        difference);
            }
        }
        return comparison;
    }

    private void step() {
        if (roundsSinceRest >= ROUNDS_BETWEEN_RESTS) {
            rest();
            return;
        }
        NodeIdentity speaker = pick(speakers);
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> say(speaker, new Message.Syn(digest(speaker), "interop"));
            case 4, 5, 6, 7 -> say(speaker, new Message.SynAck(digest(speaker), delta(speaker)));
            case 8, 9, 10 -> say(speaker, new Message.Ack(delta(speaker)));
            case 11, 12, 13 -> write();
            case 14 -> rounds();
            default -> rarely(speaker);
        }
    }

    // Whom no seed node or live member has named is not passed on before it lives: DeviationsTest has that.
    private void introduce() {
        NodeIdentity seedNode = speakers.get(0);
        List<NodeDigest> all = speakers.stream()
                .map(member -> new NodeDigest(member, member.equals(seedNode) ? beat(member) : hearsay(member), 0, 0))
                .toList();
        say(seedNode, new Message.Syn(Digest.of(all), "interop"));
        named.addAll(twins.java().view().members().keySet());
    }

    private void rarely(NodeIdentity speaker) {
        switch (random.nextInt(4)) {
            case 0 -> say(speaker, new Message.Syn(digest(speaker), "another cluster"));
            case 1 -> say(speaker, new Message.BadCluster());
            default -> rest();
        }
    }

    private void say(NodeIdentity speaker, Message message) {
        note(speaker.nodeId() + " says " + message);
        ProtocolVersion spoken = random.nextInt(4) > 0 ? version : pick(List.of(ProtocolVersion.values()));
        Letter letter = Letter.of(speaker.gossipAddress(), twins.identity().gossipAddress(), spoken, message);
        if (message instanceof Message.SynAck synAck) {
            foresee(synAck.delta());
        } else if (message instanceof Message.Ack ack) {
            foresee(ack.delta());
        }
        Twins.Answers answers = twins.receive(letter);
        comparison.letters(answers.rust(), answers.java(), twins.java().view());
    }

    private void foresee(Delta delta) {
        for (NodeDelta nodeDelta : delta.nodeDeltas()) {
            View.Known state = known.members().getOrDefault(nodeDelta.identity(), new View.Known(0, 0, 0, Map.of()));
            boolean wouldReset = nodeDelta.fromVersionExcluded() == 0
                    && nodeDelta.lastGcVersion() > state.lastGcVersion()
                    && nodeDelta.lastGcVersion() > state.maxVersion();
            boolean isBehind = state.lastGcVersion() > state.maxVersion()
                    && state.lastGcVersion() > nodeDelta.lastGcVersion()
                    && state.lastGcVersion() > nodeDelta.maxVersion();
            if (wouldReset) {
                comparison.expect(
                        nodeDelta.isBare() ? Deviation.BARE_NODE_OPERATION : Deviation.HEARTBEAT_SURVIVES_RESET,
                        nodeDelta.identity());
            } else if (isBehind
                    && nodeDelta.fromVersionExcluded() <= state.maxVersion()
                    && nodeDelta.maxVersion() > state.maxVersion()) {
                comparison.expect(Deviation.MISSED_DELETIONS, nodeDelta.identity());
            }
        }
    }

    private Digest digest(NodeIdentity speaker) {
        List<NodeDigest> entries = new ArrayList<>();
        for (NodeIdentity member : speakers) {
            if (member.equals(speaker)) {
                entries.add(entry(member, beat(member)));
            } else if (mayTellOf(speaker, member) && random.nextBoolean()) {
                entries.add(entry(member, hearsay(member)));
            }
        }
        if (random.nextBoolean()) {
            View.Known own = known.of(twins.identity());
            entries.add(new NodeDigest(
                    twins.identity(),
                    1,
                    Math.min(near(own.lastGcVersion(), own), own.lastGcVersion()),
                    Math.min(near(own.maxVersion(), own), own.maxVersion())));
        }
        return Digest.of(entries);
    }

    // Others would be strangers, who speak only for themselves: DeviationsTest has that.
    private boolean mayTellOf(NodeIdentity speaker, NodeIdentity member) {
        return speaker.equals(member)
                || speaker.equals(speakers.get(0))
                || known.live().contains(speaker);
    }

    /** Late, or up to date, or something new. */
    private long hearsay(NodeIdentity member) {
        int latest = heartbeats.getOrDefault(member, 1);
        int heartbeat = latest + random.nextInt(4) - 2;
        if (heartbeat > latest) {
            heartbeats.put(member, heartbeat);
        }
        return Math.max(1, heartbeat);
    }

    private long beat(NodeIdentity member) {
        return heartbeats.merge(member, 1 + random.nextInt(2), Integer::sum);
    }

    private NodeDigest entry(NodeIdentity member, long heartbeat) {
        View.Known state = known.members().getOrDefault(member, new View.Known(0, 0, 0, Map.of()));
        return new NodeDigest(member, heartbeat, near(state.lastGcVersion(), state), near(state.maxVersion(), state));
    }

    /** Mostly a number at which something changes its mind. */
    private long near(long number, View.Known state) {
        long chosen = switch (random.nextInt(8)) {
            case 0, 1, 2 -> number;
            case 3 -> state.maxVersion();
            case 4 -> state.lastGcVersion();
            case 5 -> 0;
            default -> number + random.nextInt(7) - 3;
        };
        return Math.max(0, chosen);
    }

    private Delta delta(NodeIdentity speaker) {
        List<NodeDelta> nodeDeltas = new ArrayList<>();
        for (NodeIdentity member : speakers) {
            if (mayTellOf(speaker, member) && random.nextInt(3) > 0) {
                nodeDeltas.add(nodeDelta(member));
            }
        }
        return new Delta(nodeDeltas);
    }

    private NodeDelta nodeDelta(NodeIdentity member) {
        View.Known state = known.members().getOrDefault(member, new View.Known(0, 0, 0, Map.of()));
        long from = random.nextInt(3) == 0 ? 0 : near(state.maxVersion(), state);
        List<KeyMutation> mutations = new ArrayList<>();
        long reached = from;
        for (int i = random.nextInt(5); i > 0; i--) {
            reached += 1 + random.nextInt(2);
            EntryStatus status = pick(List.of(EntryStatus.values()));
            String value = status == EntryStatus.TOMBSTONE ? "" : "v" + random.nextInt(3);
            mutations.add(new KeyMutation("k" + random.nextInt(KEYS), value, reached, status));
        }
        boolean bare = mutations.isEmpty() && random.nextInt(4) == 0;
        long max = bare ? 0 : reached + (random.nextInt(4) == 0 || mutations.isEmpty() ? random.nextInt(3) : 0);
        return new NodeDelta(member, near(state.lastGcVersion(), state), from, mutations, max);
    }

    private void write() {
        String key = "k" + random.nextInt(KEYS);
        String value = "v" + random.nextInt(3);
        int kind = random.nextInt(4);
        // Here the reference writes once more: DeviationsTest has that.
        boolean deleted = known.entryOf(twins.identity(), key) != null && known.valueOf(twins.identity(), key) == null;
        note("write " + kind + " " + key + "=" + value);
        switch (kind) {
            case 0 -> twins.write(subject -> subject.set(key, value));
            case 1 -> twins.write(subject -> subject.setWithTtl(key, value));
            case 2 ->
                twins.write(subject -> {
                    if (!deleted) {
                        subject.delete(key);
                    }
                });
            default ->
                twins.write(subject -> {
                    if (!deleted) {
                        subject.deleteAfterTtl(key);
                    }
                });
        }
    }

    private void rounds() {
        int rounds = Math.min(1 + random.nextInt(6), ROUNDS_BETWEEN_RESTS - roundsSinceRest);
        note(rounds + " rounds");
        for (int i = 0; i < rounds; i++) {
            roundsSinceRest++;
            Twins.Answers syns = twins.advance(INTERVAL, 1);
            // Whom they ask is random, so only what they say can be compared.
            if (syns.rust().isEmpty() || syns.java().isEmpty()) {
                comparison.letters(syns.rust(), syns.java(), known);
            } else {
                comparison.syns(syns.rust().get(0), syns.java().get(0), known);
            }
        }
    }

    /** So long that keys are collected; some of the speakers go on beating, the others die or are even forgotten. */
    private void rest() {
        List<NodeIdentity> beating =
                speakers.stream().filter(speaker -> random.nextInt(3) > 0).toList();
        note("rest with " + beating);
        roundsSinceRest = 0;
        for (int i = 0; i < REST_ROUNDS / ROUNDS_PER_BEAT; i++) {
            twins.advance(INTERVAL, ROUNDS_PER_BEAT);
            comparison.noteLive(twins.java().view());
            beating.forEach(this::beatAlone);
        }
    }

    private void beatAlone(NodeIdentity speaker) {
        Digest digest = Digest.of(List.of(new NodeDigest(speaker, beat(speaker), 0, 0)));
        twins.receive(Letter.of(
                speaker.gossipAddress(),
                twins.identity().gossipAddress(),
                version,
                new Message.Syn(digest, "interop")));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void note(String step) {
        lastSteps.add(step);
        if (lastSteps.size() > SHOWN_STEPS) {
            lastSteps.remove();
        }
    }
}
