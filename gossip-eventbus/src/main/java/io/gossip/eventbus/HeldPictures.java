/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that readers page through, so that all their pages are true at one sequence. Readers of one sequence share its
 * picture, but each has a number of its own: who asks for the last page twice lets go of nobody else's. Bounded in number,
 * and each is let go when all its readers have come to the end or asked for nothing for a while. Confined to the
 * verticle's context.
 */
final class HeldPictures {
    /** Different pictures. */
    static final int MAX_HELD = 16;

    /** Readings under way. */
    static final int MAX_READERS = 1_024;

    static final long IDLE_MILLIS = 10_000;

    private final Vertx vertx;
    private final Map<Long, Reader> byNumber = new HashMap<>();
    private final Map<Long, Held> bySequence = new HashMap<>();
    private long last;

    HeldPictures(Vertx vertx) {
        this.vertx = vertx;
    }

    /** One more reader wants further pages of a picture; {@return the number to ask for it by} */
    long hold(ClusterPicture picture) {
        @Nullable Held held = bySequence.get(picture.sequence());
        if (byNumber.size() >= MAX_READERS || (held == null && bySequence.size() >= MAX_HELD)) {
            throw RequestFailure.unavailable("too many snapshots are being paged through, ask again later");
        }
        if (held == null) {
            held = new Held(picture);
            bySequence.put(picture.sequence(), held);
        }
        held.readers++;
        Reader reader = new Reader(++last, held);
        byNumber.put(reader.number, reader);
        keep(reader);
        return reader.number;
    }

    Optional<ClusterPicture> find(long number) {
        @Nullable Reader reader = byNumber.get(number);
        if (reader == null) {
            return Optional.empty();
        }
        keep(reader);
        return Optional.of(reader.held.picture);
    }

    /** A reader has come to the end. */
    void release(long number) {
        @Nullable Reader reader = byNumber.remove(number);
        if (reader != null) {
            vertx.cancelTimer(reader.timer);
            if (--reader.held.readers == 0) {
                bySequence.remove(reader.held.picture.sequence());
            }
        }
    }

    void close() {
        byNumber.values().forEach(reader -> vertx.cancelTimer(reader.timer));
        byNumber.clear();
        bySequence.clear();
    }

    private void keep(Reader reader) {
        vertx.cancelTimer(reader.timer);
        reader.timer = vertx.setTimer(IDLE_MILLIS, timer -> release(reader.number));
    }

    private static final class Held {
        private final ClusterPicture picture;
        private int readers;

        private Held(ClusterPicture picture) {
            this.picture = picture;
        }
    }

    private static final class Reader {
        private final long number;
        private final Held held;
        private long timer = -1;

        private Reader(long number, Held held) {
            this.number = number;
            this.held = held;
        }
    }
}
