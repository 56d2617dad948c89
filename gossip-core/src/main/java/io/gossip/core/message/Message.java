/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.message;

import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;

/** One message of the protocol, without the version it travels in. */
public sealed interface Message {
    /**
     * Opens a handshake.
     *
     * @param digest what the sender knows
     * @param clusterId the sender's cluster, compared byte for byte
     */
    record Syn(Digest digest, String clusterId) implements Message {}

    /**
     * Answers a SYN.
     *
     * @param digest what the answering node knows
     * @param delta what the opener lacks
     */
    record SynAck(Digest digest, Delta delta) implements Message {}

    /**
     * Ends a handshake.
     *
     * @param delta what the answering node lacks
     */
    record Ack(Delta delta) implements Message {}

    /** Answers a SYN of another cluster. */
    record BadCluster() implements Message {}
}
