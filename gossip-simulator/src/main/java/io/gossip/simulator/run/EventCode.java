/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

/** A planned event in one number: what happens, to whom, and one more detail. */
final class EventCode {
    /** What can be planned. */
    enum Kind {
        /** A member's first start; detail: unused. */
        START,
        /** A member's next round; detail: the run it belongs to. */
        ROUND,
        /** A datagram arrives at a member; detail: number of the sender. */
        DELIVER,
        /** A paused member goes on; detail: the run. */
        RESUME,
        /** A slow member takes its next datagram; detail: the run. */
        DRAIN,
        /** A member that said goodbye stops; detail: the run. */
        STOP,
        /** Something that goes on for a while takes its next step; payload: a {@link Runnable}. */
        TASK
    }

    private static final Kind[] KINDS = Kind.values();

    private EventCode() {}

    static long of(Kind kind, int member, int detail) {
        return (long) kind.ordinal() << 56 | (long) member << 32 | detail;
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
