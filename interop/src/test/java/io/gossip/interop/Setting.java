/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.wire.ProtocolVersion;

/** In which version handshakes are opened, and over which kind of address. */
enum Setting {
    V0_IPV4(ProtocolVersion.V0, "127.0.0.1"),
    V0_IPV6(ProtocolVersion.V0, "[::1]"),
    V1_IPV4(ProtocolVersion.V1, "127.0.0.1"),
    V1_IPV6(ProtocolVersion.V1, "[::1]");

    final ProtocolVersion protocol;
    final String host;

    Setting(ProtocolVersion protocol, String host) {
        this.protocol = protocol;
        this.host = host;
    }
}
