/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which the datagrams of all sockets of one event loop pass, one after another: a buffer for each
 * direction (ADR 64).
 *
 * <p>An allocator hands out another stretch of memory each time, which the processor has to fetch. Here a datagram lies
 * where the last one lay, which is in the cache still.
 *
 * <p>Netty counts who holds a buffer, and one that anybody holds is not handed out again: not while somebody keeps a
 * received packet, and not while the kernel has no room for what is to be sent. Until it is back, each datagram gets a
 * buffer of its own.
 *
 * <p><b>Threads:</b> an event loop is a thread, so its buffers are found by thread. There are none where no socket has
 * {@linkplain #join joined}: other threads, and event loops whose sockets are closed.
 */
final class LoopBuffers {
    private static final FastThreadLocal<@Nullable LoopBuffers> OF_THIS_LOOP = new FastThreadLocal<>();

    private final ByteBuf incoming;
    private final ByteBuf outgoing;
    private int sockets;

    private LoopBuffers(ByteBufAllocator memory) {
        incoming = memory.directBuffer(UdpTransport.MAX_DATAGRAM_BYTES);
        try {
            outgoing = memory.directBuffer(UdpTransport.MAX_DATAGRAM_BYTES);
        } catch (Throwable noMore) {
            incoming.release();
            throw noMore;
        }
    }

    /**
     * Says that one more socket lives on this event loop; the first one brings the buffers, made of {@code memory}. What
     * that throws comes through, an {@link OutOfMemoryError} above all, and the socket has not joined.
     */
    static void join(ByteBufAllocator memory) {
        LoopBuffers buffers = OF_THIS_LOOP.getIfExists();
        if (buffers == null) {
            buffers = new LoopBuffers(memory);
            OF_THIS_LOOP.set(buffers);
        }
        buffers.sockets++;
    }

    /** Takes back one {@link #join}; the last one frees the buffers as soon as nobody holds them. */
    static void leave() {
        LoopBuffers buffers = OF_THIS_LOOP.getIfExists();
        if (buffers == null) {
            throw new IllegalStateException("no socket has joined on " + Thread.currentThread());
        }
        buffers.sockets--;
        if (buffers.sockets == 0) {
            OF_THIS_LOOP.remove();
            buffers.incoming.release();
            buffers.outgoing.release();
        }
    }

    /** {@return an empty buffer with room for any datagram, to be released by the caller} */
    static ByteBuf toReceive(ByteBufAllocator allocator) {
        LoopBuffers buffers = OF_THIS_LOOP.getIfExists();
        return buffers != null && isFree(buffers.incoming)
                ? buffers.incoming.clear().retain()
                : allocator.directBuffer(UdpTransport.MAX_DATAGRAM_BYTES);
    }

    /** {@return a buffer with these bytes, at most 65,507, to be released by the caller} */
    static ByteBuf toSend(byte[] datagram) {
        LoopBuffers buffers = OF_THIS_LOOP.getIfExists();
        return buffers != null && isFree(buffers.outgoing)
                ? buffers.outgoing.clear().writeBytes(datagram).retain()
                : Unpooled.wrappedBuffer(datagram);
    }

    private static boolean isFree(ByteBuf buffer) {
        return buffer.refCnt() == 1; // ourselves
    }
}
