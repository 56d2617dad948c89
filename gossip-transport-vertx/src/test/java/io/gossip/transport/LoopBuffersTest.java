/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread of the test stands for the event loop. */
class LoopBuffersTest {
    private static final ByteBufAllocator MEMORY = UnpooledByteBufAllocator.DEFAULT;
    private static final ByteBufAllocator OTHERS = new UnpooledByteBufAllocator(true, true);

    private int joined;

    @BeforeEach
    void join() {
        LoopBuffers.join(MEMORY);
        joined++;
    }

    private void leave() {
        LoopBuffers.leave();
        joined--;
    }

    @AfterEach
    void leaveWholly() {
        while (joined > 0) {
            leave();
        }
    }

    @Test
    void receivesEachDatagramWhereTheLastOneWas() {
        ByteBuf first = LoopBuffers.toReceive(OTHERS).writeBytes(new byte[] {1, 2, 3});
        first.release();
        ByteBuf second = LoopBuffers.toReceive(OTHERS);
        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        assertThat(second.writableBytes()).isEqualTo(UdpTransport.MAX_DATAGRAM_BYTES);
        second.release();
    }

    @Test
    void doesNotOverwriteWhatSomebodyKeeps() {
        ByteBuf read = LoopBuffers.toReceive(OTHERS).writeBytes(new byte[] {1, 2, 3});
        ByteBuf kept = read.retainedSlice();
        read.release();
        ByteBuf next = LoopBuffers.toReceive(OTHERS).writeBytes(new byte[] {7, 7, 7});
        assertThat(ByteBufUtil.getBytes(kept)).containsExactly(1, 2, 3);
        assertThat(next.capacity()).isEqualTo(UdpTransport.MAX_DATAGRAM_BYTES);
        assertThat(next.release()).isTrue(); // it was made for this datagram alone

        kept.release();
        ByteBuf again = LoopBuffers.toReceive(OTHERS);
        assertThat(again).isSameAs(read);
        again.release();
    }

    @Test
    void sendsEachDatagramFromWhereTheLastOneWas() {
        ByteBuf first = LoopBuffers.toSend(new byte[] {1, 2, 3});
        first.release();
        ByteBuf second = LoopBuffers.toSend(new byte[] {4, 5});
        assertThat(second).isSameAs(first);
        assertThat(second.isDirect()).isTrue();
        assertThat(ByteBufUtil.getBytes(second)).containsExactly(4, 5);
        second.release();
    }

    @Test
    void doesNotOverwriteWhatTheKernelHasNoRoomForYet() {
        ByteBuf waiting = LoopBuffers.toSend(new byte[] {1, 2, 3});
        ByteBuf next = LoopBuffers.toSend(new byte[] {4, 5});
        assertThat(ByteBufUtil.getBytes(waiting)).containsExactly(1, 2, 3);
        assertThat(ByteBufUtil.getBytes(next)).containsExactly(4, 5);
        next.release();
        waiting.release();
    }

    @Test
    void takesTheLongestDatagramInBothDirections() {
        byte[] longest = new byte[UdpTransport.MAX_DATAGRAM_BYTES];
        longest[longest.length - 1] = 9;
        ByteBuf sent = LoopBuffers.toSend(longest);
        ByteBuf received = LoopBuffers.toReceive(OTHERS).writeBytes(sent);
        assertThat(ByteBufUtil.getBytes(received)).isEqualTo(longest);
        received.release();
        sent.release();
    }

    @Test
    void givesItsMemoryBackWithTheLastSocket() {
        LoopBuffers.join(MEMORY);
        joined++;
        ByteBuf incoming = LoopBuffers.toReceive(OTHERS);
        ByteBuf outgoing = LoopBuffers.toSend(new byte[] {1});
        incoming.release();
        outgoing.release();
        leave();
        assertThat(incoming.refCnt()).isOne();
        leave();
        assertThat(incoming.refCnt()).isZero();
        assertThat(outgoing.refCnt()).isZero();
    }

    @Test
    void givesMemoryBackThatIsHeldWhenTheLastSocketGoesWithTheHolder() {
        ByteBuf kept = LoopBuffers.toReceive(OTHERS).writeBytes(new byte[] {1, 2, 3});
        leave();
        LoopBuffers.join(MEMORY); // a socket that opens meanwhile
        joined++;
        ByteBuf fresh = LoopBuffers.toReceive(OTHERS);
        assertThat(fresh).isNotSameAs(kept);
        fresh.release();
        assertThat(ByteBufUtil.getBytes(kept)).containsExactly(1, 2, 3);
        assertThat(kept.release()).isTrue();
    }

    @Test
    void servesAThreadWithoutSocketsWithBuffersOfItsOwn() {
        leave();
        ByteBuf incoming = LoopBuffers.toReceive(OTHERS);
        ByteBuf outgoing = LoopBuffers.toSend(new byte[] {1, 2});
        assertThat(incoming.writableBytes()).isEqualTo(UdpTransport.MAX_DATAGRAM_BYTES);
        assertThat(ByteBufUtil.getBytes(outgoing)).containsExactly(1, 2);
        assertThat(incoming.release()).isTrue();
        assertThat(outgoing.release()).isTrue();
    }

    @Test
    void leavesNothingInAThreadWithoutSockets() {
        leave();
        int before = FastThreadLocal.size();
        LoopBuffers.toReceive(OTHERS).release();
        LoopBuffers.toSend(new byte[] {1}).release();
        assertThat(FastThreadLocal.size()).isEqualTo(before);
    }

    @Test
    void givesTheFirstBufferBackWhenThereIsNoMemoryForTheSecond() {
        leave();
        ScarceMemory forOne = new ScarceMemory(1);
        assertThatThrownBy(() -> LoopBuffers.join(forOne)).isInstanceOf(OutOfMemoryError.class);
        assertThat(forOne.handedOut).singleElement().returns(0, ByteBuf::refCnt);
        assertThatThrownBy(LoopBuffers::leave).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToTakeBackMoreThanWasJoined() {
        leave();
        assertThatThrownBy(LoopBuffers::leave).isInstanceOf(IllegalStateException.class);
    }
}
