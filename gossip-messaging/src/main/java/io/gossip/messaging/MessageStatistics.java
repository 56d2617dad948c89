/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.Map;
import java.util.Optional;

/**
 * How a member's talk goes. A broadcast counts once for each member that it is meant for.
 *
 * @param members live members of the cluster, this one included
 * @param livePeers live members that take messages, this one included, proxies not
 * @param dataSent messages taken for sending
 * @param dataReceived messages that came, repetitions not counted
 * @param acksSent messages that were handed to the application, and so acknowledged
 * @param acksReceived own messages that were acknowledged
 * @param repeated messages that came once more
 * @param resent messages that were sent through a proxy once more
 * @param refused messages that a full queue did not take
 * @param givenUp own messages that nobody waits for any longer, although they were not acknowledged
 * @param unconfirmed own messages by the peer that has still to acknowledge them; peers with none are left out
 * @param incoming messages that wait for the reader
 */
public record MessageStatistics(
        int members,
        int livePeers,
        long dataSent,
        long dataReceived,
        long acksSent,
        long acksReceived,
        long repeated,
        long resent,
        long refused,
        long givenUp,
        Map<PeerId, Integer> unconfirmed,
        int incoming) {
    /**
     * Copies the map.
     *
     * @param members live members of the cluster, this one included
     * @param livePeers live members that take messages, this one included, proxies not
     * @param dataSent messages taken for sending
     * @param dataReceived messages that came, repetitions not counted
     * @param acksSent messages that were handed to the application, and so acknowledged
     * @param acksReceived own messages that were acknowledged
     * @param repeated messages that came once more
     * @param resent messages that were sent through a proxy once more
     * @param refused messages that a full queue did not take
     * @param givenUp own messages that nobody waits for any longer, although they were not acknowledged
     * @param unconfirmed own messages by the peer that has still to acknowledge them; peers with none are left out
     * @param incoming messages that wait for the reader
     */
    public MessageStatistics {
        unconfirmed = Map.copyOf(unconfirmed);
    }

    /** {@return acknowledgements still missing, summed over all peers} */
    public long totalUnconfirmed() {
        return unconfirmed.values().stream().mapToLong(Integer::longValue).sum();
    }

    /**
     * What to print, if there is anything to see.
     *
     * @param nodeCount how many acknowledgements may be missing without a word
     * @return these statistics as text; empty if no more than that are missing
     */
    public Optional<String> lineIfMoreThan(int nodeCount) {
        return totalUnconfirmed() > nodeCount ? Optional.of(toString()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "LiveNodes: " + livePeers + " of " + members + ", Unconfirmed: " + totalUnconfirmed() + ", Data sent: "
                + dataSent + ", Data received: " + dataReceived + ", Ack sent: " + acksSent + ", Ack received: "
                + acksReceived;
    }
}
