/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.wire.ProtocolVersion;
import java.util.Locale;

/** How a node decides in which {@link ProtocolVersion} it opens handshakes. Answers always come in that of the question. */
public enum ProtocolChoice {
    /** Always in V0, which every member can read. */
    V0,

    /** Always in V1. */
    V1,

    /** In V1 while every live member is known to read it, else in V0. */
    AUTO;

    /** {@return the choice's name in options and files: {@code v0}, {@code v1}, {@code auto}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice that is always one version.
     *
     * @param version which one
     * @return the choice
     */
    public static ProtocolChoice always(ProtocolVersion version) {
        return switch (version) {
            case V0 -> V0;
            case V1 -> V1;
        };
    }
}
