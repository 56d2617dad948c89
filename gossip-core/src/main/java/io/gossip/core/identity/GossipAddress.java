/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import java.util.Arrays;

/**
 * An IP address and UDP port that a member gossips at, kept as the raw bytes of the wire.
 *
 * <p>Raw bytes, because an IPv4-mapped IPv6 address is another address than the IPv4 one it maps, a difference that
 * {@code InetAddress} does not keep. The order is the reference's: every IPv4 before every IPv6, then the address
 * bytes as unsigned values, then the port.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class GossipAddress implements Comparable<GossipAddress> {
    private final byte[] ip;
    private final int port;
    private final int hash;

    private GossipAddress(byte[] ip, int port) {
        this.ip = ip;
        this.port = port;
        this.hash = 31 * Arrays.hashCode(ip) + port;
    }

    /**
     * An address from its bytes.
     *
     * @param ip 4 bytes (IPv4) or 16 bytes (IPv6) in network order; copied
     * @param port 0 to 65,535
     * @return the address
     * @throws IllegalArgumentException for another number of bytes or a port out of range
     */
    public static GossipAddress of(byte[] ip, int port) {
        if (ip.length != 4 && ip.length != 16) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, got " + ip.length);
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port must be between 0 and 65535, was " + port);
        }
        return new GossipAddress(ip.clone(), port);
    }

    /**
     * An address from its text.
     *
     * @param text {@code 127.0.0.1:10000} or {@code [::1]:10000}; host names are not accepted
     * @return the address
     * @throws IllegalArgumentException if the text is not a literal address with a port
     */
    public static GossipAddress parse(String text) {
        return AddressText.parse(text);
    }

    /** {@return the 4 or 16 address bytes in network order, a fresh copy} */
    public byte[] ip() {
        return ip.clone();
    }

    /** {@return the UDP port, 0 to 65,535} */
    public int port() {
        return port;
    }

    /** {@return whether this is an IPv6 address (IPv4-mapped ones included)} */
    public boolean isIpv6() {
        return ip.length == 16;
    }

    /** {@return whether this is {@code 0.0.0.0} or {@code ::}, which no one can send to} */
    public boolean isWildcard() {
        for (byte b : ip) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether this is a multicast or broadcast address, which stands for no single member} */
    public boolean isGroup() {
        int first = ip[0] & 0xff;
        return isIpv6() ? first == 0xff : (first >= 224 && first < 240) || host().equals("255.255.255.255");
    }

    /** {@return the IP address as text without the port: {@code 127.0.0.1}, {@code ::1}} */
    public String host() {
        return AddressText.host(ip);
    }

    @Override
    public int compareTo(GossipAddress other) {
        int byFamily = Integer.compare(ip.length, other.ip.length);
        if (byFamily != 0) {
            return byFamily;
        }
        int byIp = Arrays.compareUnsigned(ip, other.ip);
        return byIp != 0 ? byIp : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GossipAddress that && port == that.port && Arrays.equals(ip, that.ip);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@return {@code 127.0.0.1:10000} or {@code [::1]:10000}, as {@link #parse} reads it} */
    @Override
    public String toString() {
        return isIpv6() ? "[" + host() + "]:" + port : host() + ":" + port;
    }
}
