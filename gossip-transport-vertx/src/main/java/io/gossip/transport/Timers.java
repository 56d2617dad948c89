/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

/** Timers of one context. Confined to it. */
interface Timers {
    /** Runs the task once, later, on the context; {@return a number to cancel it by} */
    long setTimer(long delayMillis, Runnable task);

    void cancelTimer(long timer);
}
