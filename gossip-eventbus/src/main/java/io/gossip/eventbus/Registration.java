/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

/**
 * A handler that was added somewhere, until it is closed.
 *
 * <p><b>Threads:</b> thread-safe.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /**
     * Takes the handler away. Closed on the context that calls it, it is not called again; closed from elsewhere, a call
     * that is under way still finishes. A second time does nothing.
     */
    @Override
    void close();
}
