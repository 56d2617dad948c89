/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;

/**
 * One datagram as it arrived. Not compared by content: the bytes are an array.
 *
 * @param bytes its bytes, not copied; the receiver must not change them
 * @param source where it came from
 */
@SuppressWarnings("ArrayRecordComponent")
public record Datagram(byte[] bytes, GossipAddress source) {}
