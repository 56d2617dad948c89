/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

/** A planned event in one number: what happens, to whom, and one more detail. */
final class EventCode {
    /** What can be planned. */
    enum Kind {
        /** A member's first start; detail: unused. */
        START(0),
        /** A member's next round; detail: the run it belongs to. */
        ROUND(1),
        /** A datagram arrives at a member; detail: number of the sender. */
        DELIVER(2),
        /** A paused member goes on; detail: the run. */
        RESUME(3),
        /** A slow member takes its next datagram; detail: the run. */
        DRAIN(4),
        /** A member that said goodbye stops; detail: the run. */
        STOP(5),
        /** Something that goes on for a while takes its next step; payload: a {@link Runnable}. */
        TASK(6);

        private final long code;

        Kind(int code) {
            this.code = (long) code << 56;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private EventCode() {}

    static long of(Kind kind, int member, int detail) {
        return kind.code | (long) member << 32 | detail;
    }

    static Kind kind(long code) {
        return KINDS[(int) (code >>> 56)];
    }

    static int member(long code) {
        return (int) (code >>> 32) & 0xffffff;
    }

    static int detail(long code) {
        return (int) code;
    }
}
