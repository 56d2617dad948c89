/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

/**
 * How a proxy fares.
 *
 * @param livePeers live members of the cluster that take messages, proxies not counted
 * @param forwarded frames passed on, each once for each connection it went to
 * @param dropped frames not passed on because too much waited for their receiver, or because they are larger than it takes
 * @param connectionsCut connections closed because too much waited for their receiver
 * @param mostWaitingBytes the most that ever waited for one receiver, in bytes: never more than
 *     {@link MessagingOptions#getMaxUnconfirmedBytes()}, or one frame that is larger than that
 */
public record ProxyStatistics(int livePeers, long forwarded, long dropped, long connectionsCut, long mostWaitingBytes) {
    @Override
    public String toString() {
        return "LiveNodes: " + livePeers;
    }
}
