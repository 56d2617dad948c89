/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What a proxy counted since the start; read from any thread. */
final class ProxyCounters {
    final LongAdder forwarded = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder connectionsCut = new LongAdder();
    final LongAccumulator mostWaitingBytes = new LongAccumulator(Math::max, 0);
}
