/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.messages;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** A way for some nodes of one process to talk to each other over TCP. */
interface Contender extends AutoCloseable {
    /** What it is called in the table. */
    String name();

    /** Every payload that any node receives goes here, on that node's event loop. */
    void onReceive(Consumer<Buffer> reader);

    /** Node 0 sends to another; completes when the receiver confirmed it. */
    Future<?> direct(int receiver, Buffer payload);

    /** Node 0 sends to all others; completes when it may be followed by the next. */
    Future<?> broadcast(Buffer payload);

    @Override
    void close();
}
