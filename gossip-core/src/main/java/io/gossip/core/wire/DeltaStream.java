/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.ByteBudget;
import io.gossip.core.reconcile.NodeHead;
import io.gossip.core.state.KeyMutation;

/**
 * Writes a delta op by op as long as it surely fits.
 *
 * <p>Blocks are compressed as soon as they are full and count with their real length from then on; what is pending counts
 * raw. With {@code out} bytes written and {@code s} bytes of ops pending, the new one included, the bound is the project rule
 * of wire format §9: {@code out + s + 3 · ceil(s / 16,384) + 1}.
 */
final class DeltaStream implements ByteBudget {
    /**
     * Most bytes of ops in one delta, however well they compress: bounds the work of one answer here and at the receiver,
     * and stays far below the content that receivers accept.
     */
    static final int MAX_CONTENT_BYTES = 1 << 20;

    /**
     * What any network carries in one packet, bytes of the whole datagram: the least MTU of IPv6, 1,280, less the heads of
     * IPv6 and UDP. Up to there fewer bytes are no fewer packets, and compressing would only cost time here and at the
     * receiver.
     */
    static final int ONE_PACKET_BYTES = 1_232;

    private final OpWriter pending = new OpWriter();
    private final BlockStreamWriter blocks;
    private byte[] target = new byte[0];
    private int start;
    private int end;
    private int cutBytes;
    private int budget;

    DeltaStream(BlockStreamWriter blocks) {
        this.blocks = blocks;
    }

    /**
     * Begins a delta.
     *
     * @param target has {@link BlockStreamWriter#SLACK_BYTES} behind {@code start + budget}
     * @param start where the delta begins
     * @param budget most bytes it may take, its end byte included
     */
    void begin(byte[] target, int start, int budget) {
        this.target = target;
        this.start = start;
        this.end = start;
        this.budget = budget;
        this.cutBytes = 0;
        pending.clear();
    }

    /**
     * Ends the delta.
     *
     * @return where it ends in the target
     */
    int finish() {
        if (pending.length() > 0) {
            boolean onePacket = end + encodedBound(pending.length()) <= ONE_PACKET_BYTES;
            end = onePacket
                    ? BlockStreamWriter.plainBlock(pending.bytes(), 0, pending.length(), target, end)
                    : blocks.block(pending.bytes(), 0, pending.length(), target, end);
            pending.clear();
        }
        target[end] = WireNumbers.END_OF_STREAM;
        return end + 1;
    }

    /** Encoded length of a delta whose ops have {@code opBytes} bytes, if nothing compresses. */
    static long encodedBound(long opBytes) {
        long blockCount = (opBytes + WireNumbers.BLOCK_BYTES - 1) / WireNumbers.BLOCK_BYTES;
        return opBytes + WireNumbers.BLOCK_HEADER_BYTES * blockCount + 1;
    }

    @Override
    public boolean addNodeWithKeyValue(NodeHead head, KeyMutation mutation, int keyBytes, int valueBytes) {
        if (!fits(nodeOp(head.identity()) + keyValueOp(keyBytes, valueBytes))) return false;
        pending.node(head.identity(), head.lastGcVersion(), head.fromVersionExcluded());
        pending.keyValue(mutation, keyBytes, valueBytes);
        cutFullBlocks();
        return true;
    }

    @Override
    public boolean addNodeWithMaxVersion(NodeHead head, long maxVersion) {
        if (!fits(nodeOp(head.identity()) + WireNumbers.MAX_VERSION_OP_BYTES)) return false;
        pending.node(head.identity(), head.lastGcVersion(), head.fromVersionExcluded());
        pending.maxVersion(maxVersion);
        cutFullBlocks();
        return true;
    }

    @Override
    public boolean addKeyValue(KeyMutation mutation, int keyBytes, int valueBytes) {
        if (!fits(keyValueOp(keyBytes, valueBytes))) return false;
        pending.keyValue(mutation, keyBytes, valueBytes);
        cutFullBlocks();
        return true;
    }

    @Override
    public boolean addMaxVersion(long maxVersion) {
        if (!fits(WireNumbers.MAX_VERSION_OP_BYTES)) return false;
        pending.maxVersion(maxVersion);
        cutFullBlocks();
        return true;
    }

    @Override
    public boolean fitsAlone(NodeIdentity identity, int keyBytes, int valueBytes) {
        return encodedBound(nodeOp(identity) + keyValueOp(keyBytes, valueBytes)) <= budget;
    }

    private boolean fits(long opBytes) {
        long pendingBytes = pending.length() + opBytes;
        return end - start + encodedBound(pendingBytes) <= budget && cutBytes + pendingBytes <= MAX_CONTENT_BYTES;
    }

    private void cutFullBlocks() {
        while (pending.length() > WireNumbers.BLOCK_BYTES) {
            end = blocks.block(pending.bytes(), 0, WireNumbers.BLOCK_BYTES, target, end);
            pending.dropFirst(WireNumbers.BLOCK_BYTES);
            cutBytes += WireNumbers.BLOCK_BYTES;
        }
    }

    private static long nodeOp(NodeIdentity identity) {
        return (long) WireNumbers.NODE_OP_FIXED_BYTES + identity.wireLength();
    }

    private static long keyValueOp(int keyBytes, int valueBytes) {
        return (long) WireNumbers.KEY_VALUE_OP_FIXED_BYTES + keyBytes + valueBytes;
    }
}
