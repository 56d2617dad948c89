/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that readers page through, so that all their pages are true at one sequence. Bounded in number, and each is
 * let go when all its readers have come to the end or none has asked for a while. Confined to the verticle's context.
 */
final class HeldPictures {
    static final int MAX_HELD = 16;
    static final long IDLE_MILLIS = 10_000;

    private final Vertx vertx;
    private final Map<Long, Held> byNumber = new HashMap<>();
    private long last;

    HeldPictures(Vertx vertx) {
        this.vertx = vertx;
    }

    /** One more reader wants further pages of a picture; {@return the number to ask for it by} */
    long hold(ClusterPicture picture) {
        Held held = byNumber.get(last);
        if (held == null || held.picture.sequence() != picture.sequence()) {
            if (byNumber.size() >= MAX_HELD) {
                throw RequestFailure.unavailable("too many snapshots are being paged through, ask again later");
            }
            held = new Held(++last, picture);
            byNumber.put(last, held);
        }
        held.readers++;
        keep(held);
        return held.number;
    }

    Optional<ClusterPicture> find(long number) {
        @Nullable Held held = byNumber.get(number);
        if (held == null) {
            return Optional.empty();
        }
        keep(held);
        return Optional.of(held.picture);
    }

    /** A reader has come to the end. */
    void release(long number) {
        @Nullable Held held = byNumber.get(number);
        if (held != null && --held.readers == 0) {
            forget(held);
        }
    }

    void close() {
        byNumber.values().forEach(held -> vertx.cancelTimer(held.timer));
        byNumber.clear();
    }

    private void keep(Held held) {
        vertx.cancelTimer(held.timer);
        held.timer = vertx.setTimer(IDLE_MILLIS, timer -> forget(held));
    }

    private void forget(Held held) {
        vertx.cancelTimer(held.timer);
        byNumber.remove(held.number);
    }

    private static final class Held {
        private final long number;
        private final ClusterPicture picture;
        private int readers;
        private long timer = -1;

        private Held(long number, ClusterPicture picture) {
            this.number = number;
            this.picture = picture;
        }
    }
}
