/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.FrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that carries frames. Each side says hello first. A side that was silent for too long counts as gone:
 * whoever has nothing to say says that it is alive, also while it reads nothing.
 *
 * <p>Confined to the event loop of its socket.
 */
final class Connection {
    private static final Buffer ALIVE = FrameCodec.encode(new Frame.Alive());
    private static final int SIGNS_PER_TIMEOUT = 3;

    private final Vertx vertx;
    private final NetSocket socket;
    private final RecordParser parser;
    private final Owner owner;
    private final int maxFrameBytes;
    private final long aliveTimer;
    private Frame.@Nullable Hello hello;
    private boolean readsLength = true;
    private boolean paused;
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
        maxFrameBytes = options.maxFrameBytes();
        parser = RecordParser.newFixed(FrameCodec.LENGTH_BYTES, socket);
        parser.handler(this::read);
        parser.exceptionHandler(failure -> closeReason = "broken: " + failure.getMessage());
        socket.closeHandler(nothing -> ended());
        socket.drainHandler(nothing -> owner.writable(this));
        aliveTimer = vertx.setPeriodic(checkMillis(options.getSilenceTimeout()), timer -> checkAlive());
    }

    private static long checkMillis(Duration silenceTimeout) {
        return Math.max(1, silenceTimeout.toMillis() / SIGNS_PER_TIMEOUT);
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

    boolean isWriteQueueFull() {
        return socket.writeQueueFull();
    }

    void send(Frame frame) {
        send(FrameCodec.encode(frame));
    }

    /** Sends a whole frame with its length in front. The buffer must not change any more. */
    void send(Buffer frame) {
        if (!closed) {
            spoke = true;
            socket.write(frame);
        }
    }

    /** Stops reading, so that TCP holds the other side back. */
    void pause() {
        if (!paused) {
            paused = true;
            parser.pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            heard = true;
            parser.resume();
        }
    }

    /** Says why, then closes. */
    void close(String reason) {
        if (!closed) {
            closeReason = reason;
            String line = reason.length() > 200 ? reason.substring(0, 200) : reason;
            socket.write(FrameCodec.encode(new Frame.Goodbye(line)));
            socket.close();
        }
    }

    private void read(Buffer bytes) {
        if (closed) {
            return;
        }
        heard = true;
        if (!readsLength) {
            readsLength = true;
            parser.fixedSizeMode(FrameCodec.LENGTH_BYTES);
            receive(bytes);
            return;
        }
        long length = bytes.getUnsignedInt(0);
        if (length == 0 || length > maxFrameBytes) {
            close("a frame of " + length + " bytes, at most " + maxFrameBytes + " are allowed");
            parser.handler(null);
            return;
        }
        readsLength = false;
        parser.fixedSizeMode((int) length);
    }

    private void receive(Buffer bytes) {
        try {
            receive(FrameCodec.decode(bytes));
        } catch (FrameException malformed) {
            close(malformed.reason());
        }
    }

    private void receive(Frame frame) {
        if (frame instanceof Frame.Goodbye goodbye) {
            closeReason = "the other side said: " + goodbye.reason();
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
        if (!spoke) {
            send(ALIVE);
        }
        spoke = false;
        silentChecks = heard || paused ? 0 : silentChecks + 1;
        heard = false;
        if (silentChecks >= SIGNS_PER_TIMEOUT) {
            close("nothing was heard for too long");
        }
    }

    private void ended() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(aliveTimer);
            owner.closed(this, closeReason);
        }
    }
}
