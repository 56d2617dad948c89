/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;
import java.util.Arrays;
import java.util.List;

/**
 * What a digest says of each of our node states, by position in identity order. Both sides are sorted as a rule, so
 * reading a digest is a merge; an entry out of order costs a binary search.
 */
final class PeerKnowledge {
    private long[] lastGcVersions = new long[0];
    private long[] maxVersions = new long[0];

    void read(List<NodeState> nodes, Digest digest) {
        clear(nodes.size());
        int next = 0;
        for (int i = 0; i < digest.size(); i++) {
            int at = next < nodes.size() && nodes.get(next).identity().equals(digest.identity(i))
                    ? next
                    : search(nodes, digest, i);
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

    private static int search(List<NodeState> nodes, Digest digest, int i) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.get(middle).identity().compareTo(digest.identity(i));
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
    boolean lacksSomething(int at, NodeState node) {
        return Long.compareUnsigned(node.maxVersion(), maxVersions[at]) > 0;
    }

    /** From which version on the peer has to be told (semantics §5, reset rule). */
    long fromVersion(int at, NodeState node) {
        long gc = node.lastGcVersion();
        boolean mayHaveMissedDeletions =
                Long.compareUnsigned(lastGcVersions[at], gc) < 0 && Long.compareUnsigned(maxVersions[at], gc) < 0;
        return mayHaveMissedDeletions ? 0 : maxVersions[at];
    }
}
