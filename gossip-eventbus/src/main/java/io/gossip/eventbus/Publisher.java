/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Turns the events of each step into numbered publications, in order: consecutive events about members become one
 * publication as long as the order of its lists tells the same story, each change of keys is one of its own.
 *
 * <p>The first publications tell what the node knows at its start (itself and its initial keys), so that a follower of
 * an earlier node with the same prefix notices the change by the sequence.
 *
 * <p><b>Threads:</b> confined to the node's context.
 */
final class Publisher {
    private final String clusterId;
    private final Consumer<ClusterPublication> bus;
    private final TreeSet<NodeIdentity> live = new TreeSet<>();
    private MemberChanges pending = new MemberChanges();
    private boolean announced;
    private long sequence;

    Publisher(String clusterId, Consumer<ClusterPublication> bus) {
        this.clusterId = clusterId;
        this.bus = bus;
    }

    /** The number of the last publication; 0 before the first. */
    long sequence() {
        return sequence;
    }

    /** Whether followers can start from a snapshot: before, its sequence would be taken for one of an earlier node. */
    boolean isAnnounced() {
        return announced;
    }

    /** Publishes everything there is; from now on events count. */
    void announce(ClusterSnapshot snapshot) {
        announced = true;
        for (MemberSnapshot member : snapshot.members()) {
            change(new ClusterEvent.MemberJoined(member.identity()));
            if (member.state() == MemberState.LIVE) {
                change(new ClusterEvent.MemberAlive(member.identity()));
            } else if (member.state() == MemberState.LEFT) {
                change(new ClusterEvent.MemberLeft(member.identity()));
            }
        }
        flush();
        snapshot.members().forEach(member -> publish(everythingOf(member.node())));
    }

    /** Publishes the events of one step. */
    void publish(List<ClusterEvent> step) {
        if (!announced) {
            return; // the announcement will contain them
        }
        for (ClusterEvent event : step) {
            if (event instanceof ClusterEvent.KeysChanged keys) {
                flush();
                publish(keys);
            } else {
                change(event);
            }
        }
        flush();
    }

    private void change(ClusterEvent event) {
        if (!pending.accepts(event)) {
            flush();
        }
        pending.add(event);
        if (event instanceof ClusterEvent.MemberAlive) {
            live.add(event.identity());
        } else {
            live.remove(event.identity());
        }
    }

    private void flush() {
        if (!pending.isEmpty()) {
            MemberChanges changes = pending;
            pending = new MemberChanges();
            bus.accept(changes.publication(++sequence, clusterId, List.copyOf(live)));
        }
    }

    private void publish(ClusterEvent.KeysChanged event) {
        bus.accept(new KeysPublication(
                ++sequence,
                clusterId,
                event.identity(),
                event.reset(),
                event.maxVersion(),
                event.lastGcVersion(),
                event.changes()));
    }

    private static ClusterEvent.KeysChanged everythingOf(NodeSnapshot node) {
        List<KeyChange> changes = new ArrayList<>(node.entries().size());
        node.entries().forEach(entry -> changes.add(change(entry)));
        changes.sort(Comparator.comparing(KeyChange::version, Long::compareUnsigned));
        return new ClusterEvent.KeysChanged(node.identity(), true, node.maxVersion(), node.lastGcVersion(), changes);
    }

    private static KeyChange change(KeyMutation entry) {
        return KeyChange.of(entry);
    }
}
