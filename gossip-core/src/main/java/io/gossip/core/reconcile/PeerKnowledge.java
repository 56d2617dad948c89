/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeStates;
import java.util.Arrays;

/**
 * What a digest says of each of our node states, by position in identity order. Both sides are sorted as a rule, so
 * reading a digest is a merge; an entry out of order costs a binary search. No node state is looked at, and of a recognised
 * identity nothing but that it is the one we keep.
 */
final class PeerKnowledge {
    private long[] lastGcVersions = new long[0];
    private long[] maxVersions = new long[0];

    /**
     * Whether the digest names exactly our members, in order, and lacks nothing. So it is most of the time, and this is found
     * out without taking notes.
     */
    static boolean lacksNothing(NodeStates nodes, Digest digest) {
        if (digest.size() != nodes.size()) {
            return false;
        }
        for (int at = 0; at < nodes.size(); at++) {
            if (!nodes.identity(at).equals(digest.identity(at))
                    || Long.compareUnsigned(nodes.maxVersion(at), digest.maxVersion(at)) > 0) {
                return false;
            }
        }
        return true;
    }

    void read(NodeStates nodes, Digest digest) {
        clear(nodes.size());
        int next = 0;
        for (int i = 0; i < digest.size(); i++) {
            NodeIdentity named = digest.identity(i);
            int at = next < nodes.size() && nodes.identity(next).equals(named) ? next : search(nodes, named);
            if (at >= 0) {
                lastGcVersions[at] = digest.lastGcVersion(i); // of duplicates the last wins (W15)
                maxVersions[at] = digest.maxVersion(i);
                next = at + 1;
            } else {
                next = -at - 1;
            }
        }
    }

    private void clear(int size) {
        if (maxVersions.length < size) {
            lastGcVersions = new long[size];
            maxVersions = new long[size];
        } else {
            Arrays.fill(lastGcVersions, 0, size, 0);
            Arrays.fill(maxVersions, 0, size, 0);
        }
    }

    private static int search(NodeStates nodes, NodeIdentity named) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.identity(middle).compareTo(named);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Whether the peer lacks something of the node state at a position. */
    boolean lacksSomething(int at, NodeStates nodes) {
        return Long.compareUnsigned(nodes.maxVersion(at), maxVersions[at]) > 0;
    }

    /** From which version on the peer has to be told (semantics §5, reset rule). */
    long fromVersion(int at, NodeStates nodes) {
        long gc = nodes.lastGcVersion(at);
        boolean mayHaveMissedDeletions =
                Long.compareUnsigned(lastGcVersions[at], gc) < 0 && Long.compareUnsigned(maxVersions[at], gc) < 0;
        return mayHaveMissedDeletions ? 0 : maxVersions[at];
    }
}
