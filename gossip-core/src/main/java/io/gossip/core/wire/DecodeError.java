/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/** The ways in which a datagram can be wrong; names are those of wire format §12, which scripts rely on. */
public enum DecodeError {
    /** Fewer than four bytes. */
    SHORT_HEADER,
    /** The first two bytes are not the magic number. */
    BAD_MAGIC,
    /** A protocol version above 1. */
    BAD_VERSION,
    /** A message type above 3. */
    BAD_TYPE,
    /** Ends inside a field, a block or a stream. */
    TRUNCATED,
    /** A string that is not well-formed UTF-8. */
    BAD_UTF8,
    /** An address family other than 4 and 6. */
    BAD_ADDRESS_FAMILY,
    /** A block type above 2. */
    BAD_BLOCK_TYPE,
    /** A compressed block that does not decompress, or to more than 65,535 bytes. */
    BAD_ZSTD,
    /** A delta operation tag above 2. */
    BAD_OP,
    /** A status above 2. */
    BAD_STATUS,
    /** A key-value or max version before any node. */
    OP_BEFORE_NODE,
    /** A node twice in one delta. */
    DUPLICATE_NODE,
    /** A key-value whose version is not above those before it. */
    VERSION_NOT_INCREASING,
    /** A max version below the key-values before it. */
    MAX_VERSION_DECREASES,
    /** Bytes behind the message. */
    TRAILING_BYTES,
    /** A stream whose content exceeds the configured limit. */
    STREAM_TOO_LARGE
}
