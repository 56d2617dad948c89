/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import java.util.ArrayList;
import java.util.List;

/** What the engine wants done, collected in order during one step. */
final class Effects {
    private static final int MAX_NOTICE_CHARS = 500;

    private final List<Effect> pending = new ArrayList<>();
    private final NoticeLimit limit = new NoticeLimit();
    private final Counters counters;
    private long nowNanos;

    Effects(Counters counters) {
        this.counters = counters;
    }

    /** Begins a step. */
    void begin(long stepNanos) {
        nowNanos = stepNanos;
    }

    /** The time of the step, ns. */
    long nowNanos() {
        return nowNanos;
    }

    void add(Effect effect) {
        pending.add(effect);
    }

    /** Has a datagram sent, and counts it: one SYN may go to several. */
    void send(Effect.Send send) {
        counters.sent(send.type(), send.datagram().length);
        pending.add(send);
    }

    void changed(ClusterEvent event) {
        pending.add(new Effect.Changed(event));
    }

    void notice(Effect.Notice.Kind kind, String text) {
        switch (limit.judge(kind, nowNanos)) {
            case SAY -> pending.add(new Effect.Notice(kind, oneLine(text)));
            case SAY_AS_LAST ->
                pending.add(new Effect.Notice(
                        kind, oneLine(text) + " (further " + kind + " notices of the next minute are only counted)"));
            case COUNT -> counters.noticesWithheld++;
        }
    }

    // Names come from strangers: none may forge a line of the log, or fill it.
    private static String oneLine(String text) {
        String start = text.length() <= MAX_NOTICE_CHARS ? text : text.substring(0, MAX_NOTICE_CHARS) + "…";
        StringBuilder line = new StringBuilder(start.length());
        start.codePoints().forEach(c -> line.appendCodePoint(breaksLine(c) ? '?' : c));
        return line.toString();
    }

    private static boolean breaksLine(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    List<Effect> drain() {
        List<Effect> drained = List.copyOf(pending);
        pending.clear();
        return drained;
    }
}
