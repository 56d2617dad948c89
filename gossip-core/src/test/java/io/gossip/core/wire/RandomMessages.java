/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Messages made up from a random seed, with the numbers and texts that tend to go wrong. */
final class RandomMessages {
    private static final String[] LETTERS = {"a", "Z", "-", "\0", "é", "ю", "～", "\ufffd", "\uffff", "😀", "𐀀"};
    private static final List<EntryStatus> STATUSES = List.of(EntryStatus.values());
    private static final long[] NUMBERS = {0, 1, 2, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};

    private final Random random;

    RandomMessages(long randomSeed) {
        this.random = new Random(randomSeed);
    }

    /** The random seed given on the command line, or a new one; printed either way. */
    static long randomSeed() {
        long randomSeed = Long.getLong("gossip.randomSeed", new Random().nextLong());
        System.out.println("random seed: -Dgossip.randomSeed=" + randomSeed);
        return randomSeed;
    }

    Envelope envelope() {
        ProtocolVersion version = random.nextBoolean() ? ProtocolVersion.V0 : ProtocolVersion.V1;
        Message message = switch (random.nextInt(4)) {
            case 0 -> new Message.Syn(digest(), text(40));
            case 1 -> new Message.SynAck(digest(), delta());
            case 2 -> new Message.Ack(delta());
            default -> new Message.BadCluster();
        };
        return new Envelope(version, message);
    }

    Digest digest() {
        List<NodeDigest> entries = new ArrayList<>();
        for (NodeIdentity identity : identities(random.nextInt(40))) {
            entries.add(new NodeDigest(identity, number(), number(), number()));
        }
        return Digest.of(entries);
    }

    Delta delta() {
        List<NodeDelta> nodeDeltas = new ArrayList<>();
        for (NodeIdentity identity : identities(random.nextInt(6))) {
            List<KeyMutation> mutations = mutations(random.nextInt(8));
            long reached = mutations.isEmpty()
                    ? 0
                    : mutations.get(mutations.size() - 1).version();
            long maxVersion =
                    random.nextBoolean() ? reached : random.nextBoolean() ? -1 : reached + (reached == 0 ? 77 : 0);
            nodeDeltas.add(new NodeDelta(identity, number(), number(), mutations, maxVersion));
        }
        return new Delta(nodeDeltas);
    }

    /** At most {@code count} identities, ascending. */
    List<NodeIdentity> identities(int count) {
        TreeSet<NodeIdentity> identities = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(ip);
            identities.add(new NodeIdentity(text(30), number(), GossipAddress.of(ip, random.nextInt(65_536))));
        }
        return new ArrayList<>(identities);
    }

    long number() {
        return random.nextInt(3) == 0 ? random.nextInt(1000) : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    String text(int maxLetters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLetters + 1); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? LETTERS[random.nextInt(LETTERS.length)] : "k");
        }
        return text.toString();
    }

    private List<KeyMutation> mutations(int count) {
        List<KeyMutation> mutations = new ArrayList<>();
        long version = random.nextBoolean() ? 0 : Long.MAX_VALUE - 3;
        for (int i = 0; i < count; i++) {
            version += 1 + random.nextInt(5);
            EntryStatus status = STATUSES.get(random.nextInt(3));
            mutations.add(new KeyMutation(text(20), text(random.nextInt(10) == 0 ? 3000 : 20), version, status));
        }
        return mutations;
    }
}
