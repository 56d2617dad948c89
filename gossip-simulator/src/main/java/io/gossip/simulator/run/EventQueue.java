/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in the order of time, and at one moment in the order in which it was planned.
 *
 * <p>A four-way heap over parallel arrays: a datagram on its way costs no object but its bytes.
 */
final class EventQueue {
    private static final int WAYS = 4;

    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private long[] codes = new long[1024];
    private @Nullable Object[] payloads = new Object[1024];
    private int size;
    private long planned;

    private long timeNanos;
    private long code;
    private @Nullable Object payload;

    int size() {
        return size;
    }

    void add(long atNanos, long eventCode, @Nullable Object eventPayload) {
        if (size == times.length) {
            int doubled = 2 * size;
            times = Arrays.copyOf(times, doubled);
            orders = Arrays.copyOf(orders, doubled);
            codes = Arrays.copyOf(codes, doubled);
            payloads = Arrays.copyOf(payloads, doubled);
        }
        long order = planned++;
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / WAYS;
            if (!isBefore(atNanos, order, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, atNanos, order, eventCode, eventPayload);
    }

    /** {@return the time of the next event; {@link Long#MAX_VALUE} when there is none} */
    long nextNanos() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Takes the next event; its parts are read by the methods below. */
    void take() {
        timeNanos = times[0];
        code = codes[0];
        payload = payloads[0];
        int last = --size;
        long lastTime = times[last];
        long lastOrder = orders[last];
        long lastCode = codes[last];
        Object lastPayload = payloads[last];
        payloads[last] = null;
        int hole = 0;
        while (true) {
            int child = leastChild(hole);
            if (child < 0 || isBefore(lastTime, lastOrder, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        if (size > 0) {
            put(hole, lastTime, lastOrder, lastCode, lastPayload);
        }
    }

    long timeNanos() {
        return timeNanos;
    }

    long code() {
        return code;
    }

    @Nullable
    Object payload() {
        return payload;
    }

    private int leastChild(int parent) {
        int first = WAYS * parent + 1;
        if (first >= size) {
            return -1;
        }
        int least = first;
        for (int i = first + 1; i < Math.min(first + WAYS, size); i++) {
            if (isBefore(times[i], orders[i], least)) {
                least = i;
            }
        }
        return least;
    }

    private boolean isBefore(long time, long order, int index) {
        return time != times[index] ? time < times[index] : order < orders[index];
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], codes[from], payloads[from]);
    }

    private void put(int index, long time, long order, long eventCode, @Nullable Object eventPayload) {
        times[index] = time;
        orders[index] = order;
        codes[index] = eventCode;
        payloads[index] = eventPayload;
    }
}
