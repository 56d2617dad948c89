/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.FrameException;
import io.gossip.messaging.frame.FrameReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that carries frames. Each side says hello first. A side that was silent for too long counts as gone:
 * whoever has nothing to say says that it is alive, also while it reads nothing.
 *
 * <p>Once it is closed, from whichever side, nothing more is read from it or written to it.
 *
 * <p>Confined to the event loop of its socket.
 */
final class Connection {
    private static final Buffer ALIVE = FrameCodec.encode(new Frame.Alive());
    private static final int SIGNS_PER_TIMEOUT = 3;

    // Small frames of one turn of the event loop go to the socket together: writing costs more than copying.
    private static final int SMALL_FRAME_BYTES = 4 << 10;
    private static final int BATCH_BYTES = 32 << 10;
    private static final int LEAST_BATCH_BYTES = 256;

    /** Longest frame before the hello: strangers may not make this member keep more. */
    static final int MAX_HELLO_BYTES = 4096;

    /** How long the other side may take to read the goodbye before the socket is closed by force. */
    static final long FAREWELL_MILLIS = 1_000;

    private final Vertx vertx;
    private final NetSocket socket;
    private final FrameReader reader = new FrameReader();
    private final Owner owner;
    private final MessagingOptions options;
    private long aliveTimer;
    private @Nullable Buffer batch;
    private int lastBatchBytes;
    private long waitingBytes;
    private Frame.@Nullable Hello hello;
    private boolean reading;
    private boolean paused;
    private boolean clogged;
    private boolean closed;
    private boolean heard = true;
    private boolean spoke;
    private int silentChecks;
    private String closeReason = "closed by the other side";

    /** Who uses a connection; called on its event loop. */
    interface Owner {
        /** The first frame came. To refuse it, close the connection. */
        void greeted(Connection connection, Frame.Hello hello);

        /** A later frame came; never a hello, alive or goodbye. */
        void received(Connection connection, Frame frame);

        /** After the write queue was full, it no longer is. */
        void writable(Connection connection);

        /** Nothing more will come. Called once. */
        void closed(Connection connection, String reason);
    }

    Connection(Vertx vertx, NetSocket socket, MessagingOptions options, Owner owner) {
        this.vertx = vertx;
        this.socket = socket;
        this.owner = owner;
        this.options = options;
        socket.handler(this::hear);
        socket.exceptionHandler(failure -> closeReason = "broken: " + failure.getMessage());
        socket.closeHandler(nothing -> ended());
        socket.drainHandler(nothing -> drained());
        aliveTimer = nextCheck();
    }

    // One by one: the timeout may be set anew.
    private long nextCheck() {
        return vertx.setTimer(
                Math.max(1, options.getSilenceTimeout().toMillis() / SIGNS_PER_TIMEOUT), timer -> checkAlive());
    }

    NetSocket socket() {
        return socket;
    }

    /** Who is on the other side; null before it said hello. */
    Frame.@Nullable Hello hello() {
        return hello;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether what comes is read at all. */
    boolean isReading() {
        return !paused && !clogged;
    }

    /** How many bytes are kept until the other side reads. */
    long waitingBytes() {
        Buffer next = batch;
        return waitingBytes + (next == null ? 0 : next.length());
    }

    boolean isWriteQueueFull() {
        return socket.writeQueueFull();
    }

    void send(Frame frame) {
        if (isApart(frame)) {
            send(FrameCodec.encode(frame));
        } else if (!closed) {
            Buffer waiting = batch();
            FrameCodec.append(frame, waiting);
            appended(waiting);
        }
    }

    // A frame that cannot be written must not leave its beginning among the others: names of peers were checked before.
    private static boolean isApart(Frame frame) {
        return frame instanceof Frame.Data data
                ? data.payload().length() > SMALL_FRAME_BYTES
                : !(frame instanceof Frame.Ack);
    }

    /** Sends a whole frame with its length in front. The buffer must not change any more. */
    void send(Buffer frame) {
        if (closed) {
            return;
        }
        if (frame.length() > SMALL_FRAME_BYTES) {
            spoke = true;
            flush();
            write(frame);
        } else {
            appended(batch().appendBuffer(frame));
        }
    }

    private Buffer batch() {
        Buffer waiting = batch;
        if (waiting == null) {
            waiting = Buffer.buffer(Math.max(LEAST_BATCH_BYTES, lastBatchBytes)); // the next one is often as long
            batch = waiting;
            vertx.runOnContext(turn -> flush());
        }
        return waiting;
    }

    private void appended(Buffer waiting) {
        spoke = true;
        if (waiting.length() >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() {
        Buffer waiting = batch;
        batch = null;
        if (waiting != null && !closed) {
            lastBatchBytes = waiting.length();
            write(waiting);
        }
    }

    private void write(Buffer bytes) {
        int length = bytes.length();
        waitingBytes += length;
        socket.write(bytes).onComplete(done -> waitingBytes -= length);
    }

    /** Stops reading, so that TCP holds the other side back. */
    void pause() {
        setReading(true, clogged);
    }

    void resume() {
        setReading(false, clogged);
    }

    /** Stops reading until the other side has read what is written to it. */
    void pauseUntilDrained() {
        if (socket.writeQueueFull()) {
            setReading(paused, true);
        }
    }

    private void setReading(boolean nowPaused, boolean nowClogged) {
        boolean before = paused || clogged;
        boolean after = nowPaused || nowClogged;
        paused = nowPaused;
        clogged = nowClogged;
        if (closed || before == after) {
            return;
        }
        if (after) {
            socket.pause();
        } else {
            heard = true;
            vertx.runOnContext(nothing -> readOn()); // the owner may be in the middle of something
        }
    }

    // What came before comes first: were more taken from the socket while that is unread, it would pile up here.
    private void readOn() {
        read();
        if (!closed && isReading()) {
            socket.resume();
        }
    }

    private void drained() {
        if (!closed) {
            setReading(paused, false);
            owner.writable(this);
        }
    }

    /** Says why, then closes. */
    void close(String reason) {
        if (!closed) {
            String line = reason.length() > 200 ? reason.substring(0, 200) : reason;
            Buffer goodbye = FrameCodec.encode(new Frame.Goodbye(line));
            closeReason = reason;
            flush();
            finish();
            socket.write(goodbye);
            hangUp();
        }
    }

    // A socket closes after all that was written to it, which may be never.
    private void hangUp() {
        socket.close();
        long force = vertx.setTimer(FAREWELL_MILLIS, late -> cut());
        socket.closeHandler(nothing -> vertx.cancelTimer(force));
        socket.resume(); // what still comes is thrown away
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it worked tells nobody anything
    private void cut() {
        ((NetSocketInternal) socket).channelHandlerContext().close();
    }

    private void finish() {
        closed = true;
        vertx.cancelTimer(aliveTimer);
        // Not at once: the owner may be in the middle of something.
        vertx.runOnContext(nothing -> owner.closed(this, closeReason));
    }

    private void hear(Buffer bytes) {
        if (!closed) {
            heard = true;
            reader.add(bytes);
            read();
        }
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (!closed && isReading()) {
                Frame frame = reader.next(hello == null ? MAX_HELLO_BYTES : options.maxFrameBytes());
                if (frame == null) {
                    break;
                }
                receive(frame);
            }
        } catch (FrameException malformed) {
            close(malformed.reason());
        } finally {
            reading = false;
        }
    }

    private void receive(Frame frame) {
        if (frame instanceof Frame.Goodbye goodbye) {
            closeReason = "the other side said: " + goodbye.reason();
            finish();
            hangUp();
        } else if (hello == null) {
            expectHello(frame);
        } else if (frame instanceof Frame.Hello) {
            close("a second hello");
        } else if (!(frame instanceof Frame.Alive)) {
            owner.received(this, frame);
        }
    }

    private void expectHello(Frame frame) {
        if (frame instanceof Frame.Hello first) {
            hello = first;
            owner.greeted(this, first);
        } else {
            close("the first frame must be a hello");
        }
    }

    private void checkAlive() {
        aliveTimer = nextCheck();
        if (!spoke && hello != null && !socket.writeQueueFull()) {
            send(ALIVE);
        }
        spoke = false;
        boolean excused = hello != null && (heard || paused || clogged);
        silentChecks = excused ? 0 : silentChecks + 1;
        heard = false;
        if (silentChecks >= SIGNS_PER_TIMEOUT) {
            close("nothing was heard for too long");
        }
    }

    private void ended() {
        if (!closed) {
            finish();
        }
    }
}
