/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/**
 * Why a datagram was refused.
 *
 * @param error the code of wire format §12
 * @param offset where in the datagram the trouble begins, bytes from 0; for trouble inside a decompressed block, the
 *     offset of that block
 * @param reason one line for people
 */
public record Malformed(DecodeError error, int offset, String reason) implements Decoded, Dissection {}
