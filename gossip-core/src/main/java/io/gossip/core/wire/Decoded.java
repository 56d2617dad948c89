/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/** What became of a datagram: an {@link Envelope}, or the reason why there is none. */
public sealed interface Decoded permits Envelope, Malformed {}
