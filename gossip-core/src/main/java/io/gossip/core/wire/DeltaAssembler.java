/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the ops of a delta together and enforces the rules of wire format §8.
 *
 * <p>The rules count only once all ops were parsed: the first breach is kept until then, and what follows it is dropped.
 */
final class DeltaAssembler {
    private final List<NodeDelta> nodeDeltas = new ArrayList<>();
    private final List<KeyMutation> mutations = new ArrayList<>();
    private final Set<NodeIdentity> seen = new HashSet<>();
    private @Nullable NodeIdentity identity;
    private long lastGcVersion;
    private long fromVersionExcluded;
    private long maxVersion;
    private @Nullable MalformedException breach;

    void node(ByteCursor content, int at, NodeIdentity next, long nextLastGcVersion, long nextFromVersionExcluded) {
        if (breach != null) return;
        closeNode();
        if (!seen.add(next)) {
            breach = content.malformed(DecodeError.DUPLICATE_NODE, at, "a node twice in one delta");
        }
        identity = next;
        lastGcVersion = nextLastGcVersion;
        fromVersionExcluded = nextFromVersionExcluded;
        maxVersion = 0;
    }

    void keyValue(ByteCursor content, int at, KeyMutation mutation) {
        if (!mayFollow(content, at)) return;
        if (Long.compareUnsigned(mutation.version(), maxVersion) <= 0) {
            breach = content.malformed(
                    DecodeError.VERSION_NOT_INCREASING,
                    at,
                    "version " + Long.toUnsignedString(mutation.version()) + " does not exceed "
                            + Long.toUnsignedString(maxVersion));
            return;
        }
        mutations.add(mutation);
        maxVersion = mutation.version();
    }

    void maxVersion(ByteCursor content, int at, long version) {
        if (!mayFollow(content, at)) return;
        if (Long.compareUnsigned(version, maxVersion) < 0) {
            breach = content.malformed(
                    DecodeError.MAX_VERSION_DECREASES,
                    at,
                    "max version " + Long.toUnsignedString(version) + " is below " + Long.toUnsignedString(maxVersion));
            return;
        }
        maxVersion = version;
    }

    Delta finish() throws MalformedException {
        if (breach != null) throw breach;
        closeNode();
        return nodeDeltas.isEmpty() ? Delta.EMPTY : new Delta(nodeDeltas);
    }

    private boolean mayFollow(ByteCursor content, int at) {
        if (breach == null && identity == null) {
            breach = content.malformed(DecodeError.OP_BEFORE_NODE, at, "a key or max version before any node");
        }
        return breach == null;
    }

    private void closeNode() {
        if (identity != null) {
            nodeDeltas.add(new NodeDelta(identity, lastGcVersion, fromVersionExcluded, mutations, maxVersion));
            mutations.clear();
        }
    }
}
