/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.ByteBudget;

/**
 * The size a delta has at most once encoded, by the exact formula of wire format §9.
 *
 * <p>Blocks already cut count with their raw size: with {@code s} bytes of ops the bound is
 * {@code s + 3 · ceil(s / 16,384) + 1}, what an incompressible delta takes to the byte.
 */
final class DeltaBudget implements ByteBudget {
    private final int budget;
    private long opBytes;

    DeltaBudget(int budget) {
        this.budget = budget;
    }

    /** Encoded length of a delta whose ops have {@code opBytes} bytes, if nothing compresses. */
    static long encodedBound(long opBytes) {
        long blocks = (opBytes + WireNumbers.BLOCK_BYTES - 1) / WireNumbers.BLOCK_BYTES;
        return opBytes + WireNumbers.BLOCK_HEADER_BYTES * blocks + 1;
    }

    @Override
    public boolean addNodeWithKeyValue(NodeIdentity identity, int keyBytes, int valueBytes) {
        return add(nodeOp(identity) + keyValueOp(keyBytes, valueBytes));
    }

    @Override
    public boolean addNodeWithMaxVersion(NodeIdentity identity) {
        return add(nodeOp(identity) + WireNumbers.MAX_VERSION_OP_BYTES);
    }

    @Override
    public boolean addKeyValue(int keyBytes, int valueBytes) {
        return add(keyValueOp(keyBytes, valueBytes));
    }

    @Override
    public boolean addMaxVersion() {
        return add(WireNumbers.MAX_VERSION_OP_BYTES);
    }

    @Override
    public boolean fitsAlone(NodeIdentity identity, int keyBytes, int valueBytes) {
        return encodedBound(nodeOp(identity) + keyValueOp(keyBytes, valueBytes)) <= budget;
    }

    private boolean add(long bytes) {
        boolean fits = encodedBound(opBytes + bytes) <= budget;
        if (fits) {
            opBytes += bytes;
        }
        return fits;
    }

    private static long nodeOp(NodeIdentity identity) {
        return (long) WireNumbers.NODE_OP_FIXED_BYTES + identity.wireLength();
    }

    private static long keyValueOp(int keyBytes, int valueBytes) {
        return (long) WireNumbers.KEY_VALUE_OP_FIXED_BYTES + keyBytes + valueBytes;
    }
}
