/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.util.Optional;

/**
 * How the socket of a node is doing.
 *
 * @param state what the socket is up to
 * @param reopens times a broken socket was replaced
 * @param sendFailures datagrams that could not be sent
 * @param engineFailures exceptions of the engine, each a bug
 * @param lastError one line about the latest failure of the socket; empty if there was none
 */
public record TransportHealth(
        State state, long reopens, long sendFailures, long engineFailures, Optional<String> lastError) {
    /** What a socket is up to. */
    public enum State {
        /** Sends and receives. */
        OPEN,
        /** Broken; a new one is being opened, again and again. */
        REOPENING,
        /** The node is closed. */
        CLOSED
    }
}
