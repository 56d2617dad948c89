/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Has a channel receive into the {@link LoopBuffers} of its event loop. Immutable once the channel has it. */
final class LoopReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
    LoopReceiveAllocator(int readsInARow) {
        super(readsInARow);
    }

    @Override
    @SuppressWarnings("deprecation") // for those who call it, not for those who implement it
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return UdpTransport.MAX_DATAGRAM_BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return LoopBuffers.toReceive(allocator);
            }
        };
    }
}
