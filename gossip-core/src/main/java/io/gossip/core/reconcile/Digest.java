/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.NodeState;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * "This is how much I know of each node": one entry per member, in the order it was written or received.
 *
 * <p>Held as columns, because a digest of a thousand members is read for every message: a list of records would cost a
 * thousand objects each time.
 *
 * <p><b>Threads:</b> immutable once built.
 */
public final class Digest {
    private final NodeIdentity[] identities;
    private final long[] numbers; // heartbeat, last GC version, max version of entry i at 3 * i
    private final int size;

    private Digest(NodeIdentity[] identities, long[] numbers, int size) {
        this.identities = identities;
        this.numbers = numbers;
        this.size = size;
    }

    /**
     * Makes a digest.
     *
     * @param entries its entries
     * @return a digest of these entries, in this order; an identity may occur twice, then the last entry counts
     */
    public static Digest of(List<NodeDigest> entries) {
        Builder builder = new Builder(entries.size());
        for (NodeDigest entry : entries) {
            builder.add(entry.identity(), entry.heartbeat(), entry.lastGcVersion(), entry.maxVersion());
        }
        return builder.build();
    }

    /**
     * Says how much is known, one entry per node state in identity order. A fresh digest each time: for tests and tools,
     * as a node keeps its own digest up to date instead.
     *
     * @param cluster what is known
     * @param included which node states to tell of
     * @return the digest
     */
    public static Digest of(ClusterState cluster, Predicate<? super NodeState> included) {
        Builder builder = new Builder(cluster.inOrder().size());
        for (NodeState node : cluster.inOrder()) {
            if (included.test(node)) {
                builder.add(node.identity(), node.heartbeat(), node.lastGcVersion(), node.maxVersion());
            }
        }
        return builder.build();
    }

    /** {@return the number of entries, duplicates included} */
    public int size() {
        return size;
    }

    /**
     * Reads one entry.
     *
     * @param i its position, from 0
     * @return the identity of entry {@code i}
     */
    public NodeIdentity identity(int i) {
        return identities[i];
    }

    /**
     * Reads one entry.
     *
     * @param i its position, from 0
     * @return the heartbeat of entry {@code i}, unsigned
     */
    public long heartbeat(int i) {
        return numbers[3 * i];
    }

    /**
     * Reads one entry.
     *
     * @param i its position, from 0
     * @return the last GC version of entry {@code i}, unsigned
     */
    public long lastGcVersion(int i) {
        return numbers[3 * i + 1];
    }

    /**
     * Reads one entry.
     *
     * @param i its position, from 0
     * @return the max version of entry {@code i}, unsigned
     */
    public long maxVersion(int i) {
        return numbers[3 * i + 2];
    }

    /**
     * Reads one entry.
     *
     * @param i its position, from 0
     * @return entry {@code i} as a value
     */
    public NodeDigest entry(int i) {
        return new NodeDigest(identities[i], heartbeat(i), lastGcVersion(i), maxVersion(i));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that
                && size == that.size
                && Arrays.equals(identities, 0, size, that.identities, 0, size)
                && Arrays.equals(numbers, 0, 3 * size, that.numbers, 0, 3 * size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + identities[i].hashCode() + Long.hashCode(numbers[3 * i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Digest[");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(entry(i));
        }
        return text.append(']').toString();
    }

    /** Collects entries. <b>Threads:</b> confined. Not to be used after {@link #build()}, but for {@link #restart()}. */
    public static final class Builder {
        /** Room for more entries than this was made by an unusual digest, and is not kept. */
        private static final int KEPT_ENTRIES = 8_192;

        private NodeIdentity[] identities;
        private long[] numbers;
        private int size;

        /**
         * An empty builder.
         *
         * @param expectedEntries room made at once; grows on demand
         */
        public Builder(int expectedEntries) {
            identities = new NodeIdentity[Math.max(4, expectedEntries)];
            numbers = new long[3 * identities.length];
        }

        /**
         * Adds one entry.
         *
         * @param identity the member
         * @param heartbeat unsigned
         * @param lastGcVersion unsigned
         * @param maxVersion unsigned
         */
        public void add(NodeIdentity identity, long heartbeat, long lastGcVersion, long maxVersion) {
            if (size == identities.length) {
                identities = Arrays.copyOf(identities, 2 * size);
                numbers = Arrays.copyOf(numbers, 6 * size);
            }
            identities[size] = identity;
            numbers[3 * size] = heartbeat;
            numbers[3 * size + 1] = lastGcVersion;
            numbers[3 * size + 2] = maxVersion;
            size++;
        }

        /** Begins another digest in the same arrays: the one built before is not valid any more. */
        public void restart() {
            if (identities.length > KEPT_ENTRIES) {
                identities = new NodeIdentity[4];
                numbers = new long[3 * identities.length];
            }
            size = 0;
        }

        /** {@return the digest} */
        public Digest build() {
            return new Digest(identities, numbers, size);
        }
    }
}
