/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import java.util.concurrent.atomic.LongAdder;

/** What was counted since the start; read from any thread. */
final class Counters {
    final LongAdder dataSent = new LongAdder();
    final LongAdder dataReceived = new LongAdder();
    final LongAdder acksSent = new LongAdder();
    final LongAdder acksReceived = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder givenUp = new LongAdder();

    /** Every message that was taken is confirmed, given up, or neither yet. */
    long unconfirmed() {
        return dataSent.sum() - acksReceived.sum() - givenUp.sum();
    }

    final ChannelMetrics channels;

    Counters(ChannelMetrics channels) {
        this.channels = channels;
    }
}
