/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.transport.HostPort;
import java.util.Optional;

/**
 * Where a member answers HTTP, as the reserved key {@code gossip:http} has it: {@code host:port}, and with
 * {@code https://} before it if the member speaks TLS.
 *
 * @param address host and port
 * @param secure whether to speak TLS
 */
public record HttpAddress(HostPort address, boolean secure) {
    private static final String SECURE = "https://";

    /**
     * Reads what a member wrote; members may write anything.
     *
     * @param text the value of the key
     * @return the address; empty if it is none that can be connected to
     */
    public static Optional<HttpAddress> parse(String text) {
        boolean secure = text.startsWith(SECURE);
        try {
            HostPort address = HostPort.parse("gossip:http", secure ? text.substring(SECURE.length()) : text);
            boolean usable = address.port() != 0
                    && address.literal().filter(ip -> ip.isWildcard()).isEmpty();
            return usable ? Optional.of(new HttpAddress(address, secure)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** {@return the value of the key} */
    @Override
    public String toString() {
        return (secure ? SECURE : "") + address;
    }
}
