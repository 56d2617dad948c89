/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Identities that were heard of but are not listed: nobody we trust named them yet. A heartbeat that rises is what a
 * real member has and an invention, sent once, has not.
 *
 * <p>When the table is full a random entry gives way: were it the oldest one, a flood of inventions would push out
 * every real member before its heartbeat rises; this way each has its chance.
 *
 * <p>Entries lie in an array as well as in a map, so that picking one at random and dropping any one cost O(1).
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class HearsayTable {
    private static final int SWEEP_PART = 8;

    private int capacity;
    private long forgetAfterNanos;
    private final Map<NodeIdentity, Rumour> byIdentity = new HashMap<>();
    private final List<Rumour> rumours = new ArrayList<>();
    private int sweepAt;

    /**
     * An empty table.
     *
     * @param capacity identities held at most; 0 holds none
     * @param forgetAfterNanos ns after which an identity that was not heard of again is forgotten, at least 0
     * @throws IllegalArgumentException if one of them is negative
     */
    public HearsayTable(int capacity, long forgetAfterNanos) {
        if (capacity < 0 || forgetAfterNanos < 0) {
            throw new IllegalArgumentException(
                    "capacity and forgetAfterNanos must be at least 0, were " + capacity + " and " + forgetAfterNanos);
        }
        this.capacity = capacity;
        this.forgetAfterNanos = forgetAfterNanos;
    }

    /**
     * Holds another number of identities, for another time, from now on. What the table holds beyond a lower number stays
     * until its time is over or another takes its place.
     *
     * @param newCapacity identities held at most, at least 0
     * @param newForgetAfterNanos ns after which an identity that was not heard of again is forgotten, at least 0
     */
    public void resize(int newCapacity, long newForgetAfterNanos) {
        capacity = newCapacity;
        forgetAfterNanos = newForgetAfterNanos;
    }

    /**
     * Takes note that an identity was named.
     *
     * <p>Nothing rises at the very moment it was heard: a digest may name one identity several times.
     *
     * @param identity who was named
     * @param heartbeat with which heartbeat, unsigned; 0 says nothing yet
     * @param nowNanos monotonic time, ns
     * @param random decides who gives way when the table is full
     * @return whether the heartbeat is above the one first heard: the identity may be listed, and the caller then
     *     {@linkplain #forget forgets} it here
     */
    public boolean hear(NodeIdentity identity, long heartbeat, long nowNanos, RandomGenerator random) {
        Rumour rumour = byIdentity.get(identity);
        if (rumour == null) {
            add(identity, heartbeat, nowNanos, random);
            return false;
        }
        boolean stillKnown = rumour.firstHeartbeat != 0 && !isForgotten(rumour, nowNanos);
        boolean sameMoment = rumour.heardNanos == nowNanos;
        rumour.heardNanos = nowNanos;
        if (stillKnown) {
            return !sameMoment && Long.compareUnsigned(heartbeat, rumour.firstHeartbeat) > 0;
        }
        rumour.firstHeartbeat = heartbeat;
        return false;
    }

    /**
     * Takes note of what an identity says of itself. It is compared with its previous statement, not with the first one, so
     * that one which was forged in its name cannot stand in the way for ever.
     *
     * @param identity who spoke
     * @param heartbeat with which heartbeat, unsigned; 0 says nothing yet
     * @param nowNanos monotonic time, ns
     * @param random decides who gives way when the table is full
     * @return whether the heartbeat is above the one before; see {@link #hear}
     */
    public boolean hearVoice(NodeIdentity identity, long heartbeat, long nowNanos, RandomGenerator random) {
        boolean rose = hear(identity, heartbeat, nowNanos, random);
        Rumour rumour = byIdentity.get(identity);
        if (rumour != null) {
            rumour.firstHeartbeat = heartbeat;
        }
        return rose;
    }

    /**
     * Forgets an identity.
     *
     * @param identity who; nothing happens if it is not in the table
     */
    public void forget(NodeIdentity identity) {
        Rumour rumour = byIdentity.get(identity);
        if (rumour != null) {
            drop(rumour);
        }
    }

    /**
     * Forgets some of those not heard of for too long. Each call looks at an eighth of the table at most; called
     * once per round it visits all of it within eight rounds.
     *
     * @param nowNanos monotonic time, ns
     */
    public void sweep(long nowNanos) {
        int visits = Math.min(rumours.size(), capacity / SWEEP_PART + 1);
        for (int i = 0; i < visits; i++) {
            if (sweepAt >= rumours.size()) {
                sweepAt = 0;
            }
            Rumour rumour = rumours.get(sweepAt);
            if (isForgotten(rumour, nowNanos)) {
                drop(rumour); // the last one takes its place and is the next to be visited
            } else {
                sweepAt++;
            }
        }
    }

    /** {@return how many identities the table holds, those included that the next sweeps will forget} */
    public int size() {
        return rumours.size();
    }

    private void add(NodeIdentity identity, long heartbeat, long nowNanos, RandomGenerator random) {
        if (capacity == 0) {
            return;
        }
        if (rumours.size() >= capacity) {
            drop(rumours.get(random.nextInt(rumours.size())));
        }
        Rumour rumour = new Rumour(identity, heartbeat, nowNanos, rumours.size());
        rumours.add(rumour);
        byIdentity.put(identity, rumour);
    }

    private void drop(Rumour rumour) {
        Rumour last = rumours.remove(rumours.size() - 1);
        if (last != rumour) {
            rumours.set(rumour.index, last);
            last.index = rumour.index;
        }
        byIdentity.remove(rumour.identity);
    }

    private boolean isForgotten(Rumour rumour, long nowNanos) {
        return nowNanos - rumour.heardNanos > forgetAfterNanos;
    }

    private static final class Rumour {
        private final NodeIdentity identity;
        private long firstHeartbeat;
        private long heardNanos;
        private int index;

        private Rumour(NodeIdentity identity, long firstHeartbeat, long heardNanos, int index) {
            this.identity = identity;
            this.firstHeartbeat = firstHeartbeat;
            this.heardNanos = heardNanos;
            this.index = index;
        }
    }
}
