/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One instance for immutable values that are equal, so that they take their memory once.
 *
 * <p>The members of a cluster have the same keys, and often the same values at the same versions. Several nodes in one
 * JVM also know the same members. What is decoded from datagrams is a new object each time; whoever keeps it asks here for
 * the instance that others keep already.
 *
 * <p>It is a memory, not a set: of a fixed number of places, and what was asked for last pushes out what was asked for
 * longest ago at the same place. So it never grows, nothing in it has to be given back, and an attacker who makes values
 * collide only undoes the saving.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class SharedInstances {
    private static final int LONGEST_SHARED = 256;

    private final Places identities;
    private final Places keys;
    private final Places mutations;

    /**
     * An empty memory.
     *
     * @param places how many identities, keys and key-values to remember, each; 2 to 1,048,576, rounded up to a power of
     *     two. It takes 12 bytes per place, and what it holds lives on: key-values of at most 256 characters
     * @throws IllegalArgumentException if the number is out of bounds
     */
    public SharedInstances(int places) {
        if (places < 2 || places > 1 << 20) {
            throw new IllegalArgumentException("places must be between 2 and 1048576, was " + places);
        }
        this.identities = new Places(places);
        this.keys = new Places(places);
        this.mutations = new Places(places);
    }

    /**
     * Shares an identity.
     *
     * @param identity any
     * @return an equal one
     */
    public NodeIdentity identity(NodeIdentity identity) {
        return identities.share(identity, NodeIdentity.class);
    }

    /**
     * Shares a key-value, or at least its key.
     *
     * @param mutation any
     * @return an equal one
     */
    public KeyMutation mutation(KeyMutation mutation) {
        if (mutation.key().length() + mutation.value().length() > LONGEST_SHARED) {
            return mutation;
        }
        KeyMutation found = mutations.find(mutation, KeyMutation.class);
        return found != null ? found : mutations.put(withSharedKey(mutation));
    }

    @SuppressWarnings("ReferenceEquality") // a new object is worth it only if the key is another instance
    private KeyMutation withSharedKey(KeyMutation mutation) {
        String key = keys.share(mutation.key(), String.class);
        return key == mutation.key()
                ? mutation
                : new KeyMutation(key, mutation.value(), mutation.version(), mutation.status());
    }

    /** Pairs of places, chosen by hash; of a pair, the first was used last. What is in them is immutable. */
    private static final class Places {
        private final AtomicReferenceArray<@Nullable Object> places;

        Places(int atLeast) {
            places = new AtomicReferenceArray<>(Integer.highestOneBit(atLeast - 1) * 2);
        }

        <T> T share(T value, Class<T> type) {
            T found = find(value, type);
            return found != null ? found : put(value);
        }

        <T> @Nullable T find(T value, Class<T> type) {
            int at = first(value);
            Object found = places.getAcquire(at);
            if (!value.equals(found)) {
                found = places.getAcquire(at + 1);
            }
            return value.equals(found) ? type.cast(found) : null;
        }

        <T> T put(T value) {
            int at = first(value);
            places.setRelease(at + 1, places.getAcquire(at));
            places.setRelease(at, value);
            return value;
        }

        private int first(Object value) {
            int mixed = value.hashCode() * 0x9e3779b9;
            return (mixed ^ mixed >>> 16) & (places.length() - 2);
        }
    }
}
