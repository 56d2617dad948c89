/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/** The version byte of a message; it decides how a digest is laid out. */
public enum ProtocolVersion {
    /** Digests are plain, with a count in front. */
    V0(0),
    /** Digests are compressed block streams. */
    V1(1);

    private final int code;

    ProtocolVersion(int code) {
        this.code = code;
    }

    /** {@return the version byte of the header, 0 or 1} */
    public int code() {
        return code;
    }
}
