/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.Envelope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares what a Rust member and one of ours know and say after the same inputs. Equal but for the deviations that were
 * expected: whom one of them concerns, and what of it can still be compared, is kept until the conversation ends.
 */
final class Comparison {
    private final NodeIdentity subject;
    private final Map<Deviation, Integer> seen = new EnumMap<>(Deviation.class);
    private final Set<NodeIdentity> apart = new HashSet<>(); // states that differ for a reason
    private final Set<NodeIdentity> reset = new HashSet<>(); // a heartbeat and, with it, a sign of life was lost
    private final Set<NodeIdentity> hidden = new HashSet<>(); // from the last SYN of Rust, not yet from ours
    private final Set<NodeIdentity> everLive = new HashSet<>();

    Comparison(NodeIdentity subject) {
        this.subject = subject;
    }

    /** How often each deviation was met. */
    Map<Deviation, Integer> seen() {
        return seen;
    }

    /** Whether everything about a member is still to be the same. */
    boolean covers(NodeIdentity member) {
        return !apart.contains(member);
    }

    /** From now on the states of a member differ, and for this reason. */
    void expect(Deviation deviation, NodeIdentity member) {
        count(deviation);
        (deviation == Deviation.HEARTBEAT_SURVIVES_RESET ? reset : apart).add(member);
    }

    private void count(Deviation deviation) {
        seen.merge(deviation, 1, Integer::sum);
    }

    void views(View rust, View java) {
        partWithTheLate(rust.members().keySet(), java.members().keySet());
        Set<NodeIdentity> listed = comparable(java.members().keySet());
        assertThat(listed).as("listed").isEqualTo(comparable(rust.members().keySet()));
        for (NodeIdentity member : listed) {
            View.Known known = java.of(member);
            assertThat(known.withoutHeartbeat())
                    .as("state of %s", member)
                    .isEqualTo(rust.of(member).withoutHeartbeat());
            heartbeat(member, rust.of(member).heartbeat(), known.heartbeat());
        }
        Set<NodeIdentity> live = beating(java.live());
        assertThat(live).as("live").isEqualTo(beating(rust.live()));
        noteLive(java);
    }

    /** To be called often enough that nobody lives and dies unnoticed. */
    void noteLive(View java) {
        everLive.retainAll(java.members().keySet()); // who was forgotten begins anew
        everLive.addAll(java.live());
    }

    // A lost sign of life makes a member live later, and so the reference hides and removes it at another time.
    private void partWithTheLate(Set<NodeIdentity> rust, Set<NodeIdentity> java) {
        for (NodeIdentity member : reset) {
            if (rust.contains(member) != java.contains(member)) {
                apart.add(member);
            }
        }
    }

    private Set<NodeIdentity> comparable(Set<NodeIdentity> members) {
        Set<NodeIdentity> result = new TreeSet<>(members);
        result.removeAll(apart);
        return result;
    }

    private Set<NodeIdentity> beating(Set<NodeIdentity> members) {
        Set<NodeIdentity> result = comparable(members);
        result.removeAll(reset);
        return result;
    }

    private void heartbeat(NodeIdentity member, long rust, long java) {
        if (!reset.contains(member)) {
            assertThat(java).as("heartbeat of %s", member).isEqualTo(rust);
        }
    }

    /**
     * Compares what was sent.
     *
     * @param known what both know
     */
    void letters(List<Letter> rust, List<Letter> java, View known) {
        List<Letter> answers = withoutAskingAgain(rust, java);
        assertThat(answers).as("number of datagrams sent").hasSameSizeAs(rust);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).to()).isEqualTo(rust.get(i).to());
            letter(rust.get(i), answers.get(i), known);
        }
    }

    // One SYN more, behind the ACK and to the same member.
    private List<Letter> withoutAskingAgain(List<Letter> rust, List<Letter> java) {
        if (rust.size() != 1 || java.size() != 2) {
            return java;
        }
        Letter more = java.get(1);
        boolean asksAgain = java.get(0).open().message() instanceof Message.Ack
                && more.open().message() instanceof Message.Syn
                && more.to().equals(java.get(0).to());
        if (!asksAgain) {
            return java;
        }
        count(Deviation.ASKS_AGAIN);
        return java.subList(0, 1);
    }

    /** Compares the SYNs of a round. */
    void syns(Letter rust, Letter java, View known) {
        Set<NodeIdentity> late = byIdentity(digestOf(java.open().message())).keySet();
        late.removeAll(byIdentity(digestOf(rust.open().message())).keySet());
        late.retainAll(known.dead());
        late.removeIf(member -> !hidden.add(member)); // one round, no longer
        late.forEach(member -> count(Deviation.HIDDEN_A_ROUND_LATER));
        late.removeIf(member -> !apart.add(member));
        letter(rust, java, known);
        apart.removeAll(late);
        hidden.retainAll(late);
    }

    private void letter(Letter rust, Letter java, View known) {
        Envelope theirs = rust.open();
        Envelope ours = java.open();
        assertThat(ours.version()).isEqualTo(theirs.version());
        assertThat(ours.message()).hasSameClassAs(theirs.message());
        digests(digestOf(theirs.message()), digestOf(ours.message()));
        deltas(deltaOf(theirs.message()), deltaOf(ours.message()), java.to(), known);
    }

    private static Digest digestOf(Message message) {
        if (message instanceof Message.Syn syn) return syn.digest();
        if (message instanceof Message.SynAck synAck) return synAck.digest();
        return Digest.of(List.of());
    }

    private static Delta deltaOf(Message message) {
        if (message instanceof Message.SynAck synAck) return synAck.delta();
        if (message instanceof Message.Ack ack) return ack.delta();
        return Delta.EMPTY;
    }

    private void digests(Digest rust, Digest java) {
        Map<NodeIdentity, NodeDigest> theirs = byIdentity(rust);
        Map<NodeIdentity, NodeDigest> ours = byIdentity(java);
        partWithTheLate(theirs.keySet(), ours.keySet());
        assertThat(comparable(ours.keySet())).as("digest").isEqualTo(comparable(theirs.keySet()));
        for (NodeIdentity member : comparable(ours.keySet())) {
            NodeDigest their = Objects.requireNonNull(theirs.get(member));
            NodeDigest our = Objects.requireNonNull(ours.get(member));
            heartbeat(member, their.heartbeat(), our.heartbeat());
            assertThat(new NodeDigest(member, 0, our.lastGcVersion(), our.maxVersion()))
                    .as("digest entry")
                    .isEqualTo(new NodeDigest(member, 0, their.lastGcVersion(), their.maxVersion()));
        }
    }

    private static Map<NodeIdentity, NodeDigest> byIdentity(Digest digest) {
        Map<NodeIdentity, NodeDigest> entries = new HashMap<>();
        for (int i = 0; i < digest.size(); i++) {
            assertThat(entries.put(digest.identity(i), digest.entry(i)))
                    .as("second entry")
                    .isNull();
        }
        return entries;
    }

    private void deltas(Delta rust, Delta java, GossipAddress target, View known) {
        partWithTheLate(deadIn(rust, target, known), deadIn(java, target, known));
        List<NodeDelta> theirs = new ArrayList<>();
        List<NodeDelta> theirLast = new ArrayList<>();
        for (NodeDelta nodeDelta : rust.nodeDeltas()) {
            if (!covers(nodeDelta.identity())) {
                continue;
            }
            if (nodeDelta.identity().gossipAddress().equals(target)) {
                count(Deviation.NOT_TOLD_ABOUT_ITSELF);
            } else {
                (isLast(nodeDelta, known) ? theirLast : theirs).add(nodeDelta);
            }
        }
        if (!theirs.isEmpty() && !theirLast.isEmpty()) {
            count(Deviation.DEAD_LAST);
        }
        theirs.addAll(theirLast);
        List<NodeDelta> ours = java.nodeDeltas().stream()
                .filter(nodeDelta -> covers(nodeDelta.identity()))
                .toList();
        assertThat(ours).as("delta").containsExactlyInAnyOrderElementsOf(theirs);
        assertThat(urgencies(ours, known)).as("order of the delta").isEqualTo(urgencies(theirs, known));
    }

    private static Set<NodeIdentity> deadIn(Delta delta, GossipAddress target, View known) {
        return delta.nodeDeltas().stream()
                .map(NodeDelta::identity)
                .filter(member -> known.dead().contains(member))
                .filter(member -> !member.gossipAddress().equals(target))
                .collect(Collectors.toSet());
    }

    private boolean isLast(NodeDelta nodeDelta, View known) {
        return everLive.contains(nodeDelta.identity()) && !known.live().contains(nodeDelta.identity());
    }

    // Equals are in random order, so the order of the members cannot be compared.
    private List<String> urgencies(List<NodeDelta> nodeDeltas, View known) {
        return nodeDeltas.stream()
                .map(nodeDelta -> (isLast(nodeDelta, known) ? "last, " : "")
                        + (nodeDelta.fromVersionExcluded() == 0
                                ? "unknown, " + known.of(nodeDelta.identity()).maxVersion()
                                : "lacks " + nodeDelta.mutations().size()))
                .toList();
    }

    @Override
    public String toString() {
        return "comparison at " + subject + ": " + seen;
    }
}
