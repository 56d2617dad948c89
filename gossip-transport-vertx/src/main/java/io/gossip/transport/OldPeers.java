/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.store.MemberMemory.Peer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members that this node has met, in this run or an earlier one, as far as they are worth remembering; and those of
 * them that it should look for. They are asked, not trusted: an old address may belong to someone else by now. Confined.
 */
final class OldPeers {
    /** Any one of them is enough to find the others again. */
    static final int MOST = 32;

    /** While others are live, the missing ones are only looked for now and then. */
    private static final int ROUNDS_BETWEEN_LOOKS = 10;

    private final NodeIdentity self;
    private int fanout;
    private long patienceRounds;
    private final Map<GossipAddress, Peer> known = new LinkedHashMap<>();
    private final Map<GossipAddress, NodeIdentity> live = new LinkedHashMap<>();
    private final Deque<GossipAddress> missing = new ArrayDeque<>();
    private boolean wasAlone = true;
    private long rounds;
    private boolean changed;

    /** Forgets who did not come back within {@code patienceRounds} although there are others. */
    OldPeers(NodeIdentity self, int fanout, long patienceRounds, List<Peer> remembered) {
        this.self = self;
        this.fanout = fanout;
        this.patienceRounds = patienceRounds;
        for (Peer peer : remembered) {
            if (!peer.address().equals(self.gossipAddress()) && known.size() < MOST) {
                known.put(peer.address(), peer);
                missing.add(peer.address());
            }
        }
    }

    /** From now on asks so many at once, and is patient for so long. */
    void settings(int newFanout, long newPatienceRounds) {
        fanout = newFanout;
        patienceRounds = newPatienceRounds;
    }

    void changed(List<ClusterEvent> events, Instant now) {
        for (ClusterEvent event : events) {
            NodeIdentity member = event.identity();
            if (member.nodeId().equals(self.nodeId())) {
                continue; // an earlier run of this very node
            }
            if (event instanceof ClusterEvent.MemberAlive) {
                met(member);
            } else if (!(event instanceof ClusterEvent.MemberJoined || event instanceof ClusterEvent.KeysChanged)) {
                lost(member, now);
            }
        }
    }

    private void met(NodeIdentity member) {
        live.put(member.gossipAddress(), member);
        missing.remove(member.gossipAddress());
        changed |= !known.containsKey(member.gossipAddress()) && known.size() < MOST;
    }

    private void lost(NodeIdentity member, Instant now) {
        // The address may be that of a later generation, which lives on.
        if (live.remove(member.gossipAddress(), member)) {
            known.put(member.gossipAddress(), new Peer(member.nodeId(), member.gossipAddress(), now));
            changed = true;
        }
    }

    /** Whom to send a SYN in this round, besides those that the engine chose. */
    List<GossipAddress> toLookFor() {
        boolean alone = live.isEmpty();
        if (alone && !wasAlone) {
            missing.clear();
            missing.addAll(known.keySet()); // lost again: begin anew
            rounds = 0;
        }
        wasAlone = alone;
        rounds++;
        if (alone) {
            return next(fanout);
        }
        if (rounds > patienceRounds) {
            giveUp();
        }
        return rounds % ROUNDS_BETWEEN_LOOKS == 0 ? next(1) : List.of();
    }

    private List<GossipAddress> next(int most) {
        List<GossipAddress> chosen = new ArrayList<>();
        for (int i = Math.min(most, missing.size()); i > 0; i--) {
            GossipAddress next = missing.remove();
            missing.add(next);
            chosen.add(next);
        }
        return chosen;
    }

    private void giveUp() {
        changed |= known.keySet().removeAll(missing);
        missing.clear();
    }

    /** Whether someone is worth remembering who was not at the latest {@link #toRemember}. */
    boolean isChanged() {
        return changed;
    }

    /** Those seen last; of the live ones those first that are remembered already, so that the list changes little. */
    List<Peer> toRemember(Instant now) {
        Map<GossipAddress, Peer> chosen = new LinkedHashMap<>();
        for (GossipAddress address : known.keySet()) {
            NodeIdentity member = live.get(address);
            if (member != null) {
                chosen.put(address, new Peer(member.nodeId(), address, now));
            }
        }
        live.values().stream()
                .limit(2L * MOST)
                .forEach(member -> chosen.putIfAbsent(
                        member.gossipAddress(), new Peer(member.nodeId(), member.gossipAddress(), now)));
        known.values().stream()
                .filter(peer -> !live.containsKey(peer.address()))
                .sorted(Comparator.comparing(Peer::lastSeen).reversed())
                .forEach(peer -> chosen.put(peer.address(), peer));
        List<Peer> peers = chosen.values().stream().limit(MOST).toList();
        known.clear();
        peers.forEach(peer -> known.put(peer.address(), peer));
        missing.retainAll(known.keySet());
        changed = false;
        return peers;
    }
}
