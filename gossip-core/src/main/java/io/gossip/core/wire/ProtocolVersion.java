/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/** The version byte of a message; it decides how a digest is laid out. */
public enum ProtocolVersion {
    /** Digests are plain, with a count in front. */
    V0,
    /** Digests are compressed block streams. */
    V1
}
