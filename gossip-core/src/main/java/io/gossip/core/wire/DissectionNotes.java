/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What the reader came across in one datagram: its streams with their blocks, and the ops. */
final class DissectionNotes implements ReadObserver {
    private final Deque<Dissection.Stream> streams = new ArrayDeque<>();
    private final List<Dissection.Op> ops = new ArrayList<>();
    private final List<SeenBlock> blocks = new ArrayList<>();

    /** A block whose content is not cut out yet. */
    private record SeenBlock(int offset, int type, int wireLength, int contentLength) {}

    /** The streams of the datagram, one with each call. */
    Dissection.Stream nextStream() {
        return streams.removeFirst();
    }

    List<Dissection.Op> ops() {
        return ops;
    }

    @Override
    public void block(int offset, int type, int wireLength, int contentLength) {
        blocks.add(new SeenBlock(offset, type, wireLength, contentLength));
    }

    @Override
    public void streamEnd(byte[] content, int length) {
        List<Dissection.Block> finished = new ArrayList<>(blocks.size());
        int from = 0;
        for (SeenBlock seen : blocks) {
            int to = from + seen.contentLength();
            finished.add(new Dissection.Block(
                    seen.offset(),
                    seen.type() == WireNumbers.ZSTD_BLOCK,
                    seen.wireLength(),
                    Arrays.copyOfRange(content, from, to)));
            from = to;
        }
        blocks.clear();
        streams.addLast(new Dissection.Stream(finished, Arrays.copyOf(content, length)));
    }

    @Override
    public void node(NodeIdentity identity, long lastGcVersion, long fromVersionExcluded) {
        ops.add(new Dissection.Op.Node(identity, lastGcVersion, fromVersionExcluded));
    }

    @Override
    public void keyValue(KeyMutation mutation) {
        ops.add(new Dissection.Op.KeyValue(mutation));
    }

    @Override
    public void maxVersion(long maxVersion) {
        ops.add(new Dissection.Op.SetMaxVersion(maxVersion));
    }
}
