/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** Hands out so many direct buffers, then there is no more. */
final class ScarceMemory extends AbstractByteBufAllocator {
    final List<ByteBuf> handedOut = new ArrayList<>();
    private final int most;

    ScarceMemory(int most) {
        this.most = most;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (handedOut.size() == most) {
            throw new OutOfMemoryError("no direct memory left");
        }
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        handedOut.add(buffer);
        return buffer;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
