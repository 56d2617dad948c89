/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.simulator.run.EventCode.Kind;
import io.gossip.simulator.scenario.Action.Attack;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends members what they should not believe. Its datagrams are neither lost nor delayed. */
final class Attacker {
    private static final int OUTSIDER = 0;
    private static final int MAX_GARBAGE = 300;

    private final World world;
    private final Attack kind;
    private final RandomGenerator random;
    private final MessageCodec codec = new MessageCodec(1 << 20, new IdentityTable());
    private long invented;

    Attacker(World world, Attack kind) {
        this.world = world;
        this.kind = kind;
        this.random = world.random(5, kind.name().hashCode());
    }

    void strike() {
        SimulatedMember victim = any();
        if (victim == null) {
            return;
        }
        switch (kind) {
            case GARBAGE -> deliver(victim, OUTSIDER, garbage());
            case MUTATE -> mutate(victim, false);
            case SPOOF -> mutate(victim, true);
            case INVENT -> invent(victim);
            case LIE -> lie(victim);
        }
    }

    private @Nullable SimulatedMember any() {
        SimulatedMember member = world.members[1 + random.nextInt(world.members.length - 1)];
        return member.isStaying() ? member : null;
    }

    private void deliver(SimulatedMember victim, int source, byte[] datagram) {
        world.queue.add(world.nowNanos, EventCode.of(Kind.DELIVER, victim.number, source), datagram);
    }

    private byte[] garbage() {
        byte[] bytes = new byte[random.nextInt(MAX_GARBAGE)];
        random.nextBytes(bytes);
        RecentDatagrams.Overheard real = world.recent.any(random);
        if (real != null && random.nextBoolean()) {
            // A proper header lets the rest be read at all.
            System.arraycopy(real.datagram(), 0, bytes, 0, Math.min(4, Math.min(bytes.length, real.datagram().length)));
        }
        return bytes;
    }

    private void mutate(SimulatedMember victim, boolean spoofed) {
        RecentDatagrams.Overheard real = world.recent.any(random);
        if (real == null || real.sender() == victim.number) {
            return;
        }
        byte[] bytes = real.datagram().clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        deliver(victim, spoofed ? real.sender() : OUTSIDER, bytes);
    }

    private void invent(SimulatedMember victim) {
        NodeIdentity phantom = new NodeIdentity(
                "phantom" + (invented / 2), 1, Cast.address(world.members.length + random.nextInt(1_000)));
        NodeDigest entry = new NodeDigest(phantom, 1 + invented++, 0, 1);
        send(victim, OUTSIDER, new Message.Syn(Digest.of(List.of(entry)), "simulated"));
        KeyMutation key = new KeyMutation("key", "invented", 1, EntryStatus.SET);
        send(victim, OUTSIDER, new Message.Ack(new Delta(List.of(new NodeDelta(phantom, 0, 0, List.of(key), 1)))));
    }

    private void lie(SimulatedMember victim) {
        SimulatedMember about = any();
        SimulatedMember source = any();
        if (about == null || source == null || source == victim || about == victim) {
            return;
        }
        NodeIdentity identity = about.identity();
        NodeSnapshot truth = Objects.requireNonNull(world.<NodeSnapshot>with(
                about, (ClusterAccess access) -> access.node(identity).orElseThrow()));
        if (random.nextBoolean()) {
            long heartbeat = truth.heartbeat() + (1L << random.nextInt(40));
            NodeDigest entry = new NodeDigest(identity, heartbeat, truth.lastGcVersion(), truth.maxVersion());
            send(victim, source.number, new Message.Syn(Digest.of(List.of(entry)), "simulated"));
        } else {
            long version = truth.maxVersion() + 1 + random.nextInt(5);
            KeyMutation key = new KeyMutation("lie", "untrue", version, EntryStatus.SET);
            NodeDelta delta = new NodeDelta(identity, truth.lastGcVersion(), truth.maxVersion(), List.of(key), version);
            send(victim, source.number, new Message.Ack(new Delta(List.of(delta))));
        }
    }

    private void send(SimulatedMember victim, int source, Message message) {
        ProtocolVersion version = world.scenario.engine().protocol();
        deliver(victim, source, codec.encode(new Envelope(version, message)));
    }
}
