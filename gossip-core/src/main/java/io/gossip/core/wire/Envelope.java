/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.message.Message;

/**
 * A message and the version it travels in: the unit on the wire.
 *
 * @param version protocol version of the header
 * @param message the content
 */
public record Envelope(ProtocolVersion version, Message message) implements Decoded {}
