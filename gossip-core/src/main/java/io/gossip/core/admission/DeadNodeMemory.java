/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

import io.gossip.core.identity.NodeIdentity;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers members that were removed, with their last heartbeat, so that peers that still list them cannot bring them
 * back: only a greater heartbeat proves life (semantics §9).
 *
 * <p>Holds a bounded number of identities; the one put in longest ago leaves first. Looking up changes nothing.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class DeadNodeMemory {
    private int capacity;
    private final Map<NodeIdentity, Long> heartbeats = new LinkedHashMap<>();

    /**
     * An empty memory.
     *
     * @param capacity identities held at most; 0 remembers nothing
     * @throws IllegalArgumentException if it is negative
     */
    public DeadNodeMemory(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must be at least 0, was " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Holds another number of identities from now on. Beyond a lower one, two leave for each that is put in, so nobody's
     * peers can bring back at once all who were removed.
     *
     * @param newCapacity identities held at most, at least 0
     */
    public void resize(int newCapacity) {
        capacity = newCapacity;
    }

    /**
     * Remembers a removed member as the most recent one.
     *
     * @param identity the member
     * @param heartbeat its last heartbeat, unsigned
     */
    public void remember(NodeIdentity identity, long heartbeat) {
        heartbeats.remove(identity);
        heartbeats.put(identity, heartbeat);
        Iterator<NodeIdentity> oldestFirst = heartbeats.keySet().iterator();
        for (int drops = 0; drops < 2 && heartbeats.size() > capacity; drops++) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    /**
     * Whether a member is remembered.
     *
     * @param identity the member
     * @return whether it was put in and neither forgotten nor pushed out
     */
    public boolean contains(NodeIdentity identity) {
        return heartbeats.containsKey(identity);
    }

    /**
     * The last heartbeat of a remembered member.
     *
     * @param identity the member
     * @return its heartbeat, unsigned; 0 if it is not remembered
     */
    public long heartbeatOf(NodeIdentity identity) {
        return heartbeats.getOrDefault(identity, 0L);
    }

    /**
     * Forgets a member, as is due when it is listed again.
     *
     * @param identity the member; nothing happens if it is not remembered
     */
    public void forget(NodeIdentity identity) {
        heartbeats.remove(identity);
    }

    /** {@return how many members are remembered} */
    public int size() {
        return heartbeats.size();
    }
}
