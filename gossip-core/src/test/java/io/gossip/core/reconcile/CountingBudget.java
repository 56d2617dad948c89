/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;

/** Counts raw bytes by the sizes of wire format §§8 and 9, without compression. */
final class CountingBudget implements ByteBudget {
    static final int MAX_VERSION_OP = 9;
    private static final int BLOCK = 16_384;

    private final int limit;
    private int used;

    CountingBudget(int limit) {
        this.limit = limit;
    }

    static CountingBudget unlimited() {
        return new CountingBudget(Integer.MAX_VALUE / 2);
    }

    static int nodeOp(NodeIdentity identity) {
        return identity.wireLength() + 17;
    }

    static int keyValueOp(int keyBytes, int valueBytes) {
        return keyBytes + valueBytes + 14;
    }

    /** Encoded size of ops with these raw bytes in all. */
    static int encoded(int rawBytes) {
        return rawBytes + 3 * ((rawBytes + BLOCK - 1) / BLOCK) + 1;
    }

    /** Encoded size of a whole delta, counted from what is in it. */
    static int encoded(Delta delta) {
        int raw = 0;
        for (NodeDelta nodeDelta : delta.nodeDeltas()) {
            raw += nodeOp(nodeDelta.identity());
            long reached = 0;
            for (KeyMutation mutation : nodeDelta.mutations()) {
                raw += keyValueOp(Utf8.length(mutation.key()), Utf8.length(mutation.value()));
                reached = mutation.version();
            }
            raw += nodeDelta.maxVersion() == reached ? 0 : MAX_VERSION_OP;
        }
        return encoded(raw);
    }

    private boolean add(int item) {
        if (encoded(used + item) > limit) {
            return false;
        }
        used += item;
        return true;
    }

    @Override
    public boolean addNodeWithKeyValue(NodeIdentity identity, int keyBytes, int valueBytes) {
        return add(nodeOp(identity) + keyValueOp(keyBytes, valueBytes));
    }

    @Override
    public boolean addNodeWithMaxVersion(NodeIdentity identity) {
        return add(nodeOp(identity) + MAX_VERSION_OP);
    }

    @Override
    public boolean addKeyValue(int keyBytes, int valueBytes) {
        return add(keyValueOp(keyBytes, valueBytes));
    }

    @Override
    public boolean addMaxVersion() {
        return add(MAX_VERSION_OP);
    }

    @Override
    public boolean fitsAlone(NodeIdentity identity, int keyBytes, int valueBytes) {
        return encoded(nodeOp(identity) + keyValueOp(keyBytes, valueBytes)) <= limit;
    }
}
