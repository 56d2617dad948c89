/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.time.Duration;
import java.util.List;

/** A member whose clock and network are the test: what it does depends on nothing else but its random numbers. */
interface VirtualMember extends Member {
    /** Lets a datagram arrive; returns what the member sends because of it. */
    List<Letter> receive(Letter letter);

    /**
     * Lets time pass; returns what the member sends meanwhile.
     *
     * @param step at most one gossip interval
     * @param times how many such steps
     */
    List<Letter> advance(Duration step, int times);
}
