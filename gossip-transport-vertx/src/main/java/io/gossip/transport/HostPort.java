/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host, given by address or by name, and a port, as users write them: {@code 1.2.3.4:80}, {@code [::1]:80}, {@code
 * name:80}.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a name
 * @param port 0 to 65,535
 */
public record HostPort(String host, int port) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");
    private static final int MAX_NAME_LENGTH = 255;

    /**
     * Reads a host and a port.
     *
     * @param what what it is for, named in the complaint
     * @param text {@code 1.2.3.4:80}, {@code [::1]:80} or {@code name:80}
     * @return the two parts
     * @throws IllegalArgumentException if the text has another form
     */
    public static HostPort parse(String what, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            int port = port(text.substring(colon + 1));
            if (port >= 0 && looksNumeric(host)) {
                return literal(what, text);
            }
            if (port >= 0
                    && host.length() <= MAX_NAME_LENGTH
                    && NAME.matcher(host).matches()) {
                return new HostPort(host, port);
            }
        }
        throw complaint(what, text);
    }

    /** {@return the address if the host is given by address, else empty} */
    public Optional<GossipAddress> literal() {
        return looksNumeric(host) || host.indexOf(':') >= 0
                ? Optional.of(GossipAddress.parse(toString()))
                : Optional.empty();
    }

    /** {@return the form that {@link #parse} reads} */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static HostPort literal(String what, String text) {
        try {
            GossipAddress address = GossipAddress.parse(text);
            return new HostPort(address.host(), address.port());
        } catch (IllegalArgumentException e) {
            throw complaint(what, text);
        }
    }

    // A name whose last label is a number cannot exist, so "300.1.1.1" is a mistyped address (RFC 1123 §2.1).
    private static boolean looksNumeric(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return host.startsWith("[") || (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= 0xffff ? port : -1;
    }

    private static IllegalArgumentException complaint(String what, String text) {
        return new IllegalArgumentException(
                what + " must be HOST:PORT (an IPv4 address, an [IPv6] address or a name), was '" + text + "'");
    }
}
