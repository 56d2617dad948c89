/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.core.identity.GossipAddress;
import java.util.Arrays;

/**
 * How far an IP address reaches, nearest first. An IPv6 address that stands for an IPv4 one reaches as far as that one.
 *
 * <p>Java's own questions ({@code InetAddress.isSiteLocalAddress} and so on) leave out unique local, carrier and embedded
 * addresses, which are just as much somebody's inner network.
 */
enum AddressScope {
    /** Nobody: wildcard, multicast, broadcast and what is reserved. */
    NONE,
    /** This machine. */
    LOOPBACK,
    /** This wire; also where clouds serve the credentials of their machines. */
    LINK,
    /** Some inner network. */
    PRIVATE,
    /** The internet. */
    GLOBAL;

    static AddressScope of(GossipAddress address) {
        if (address.isWildcard() || address.isGroup()) {
            return NONE;
        }
        return of(address.ip());
    }

    private static AddressScope of(byte[] ip) {
        return ip.length == 4 ? ofIpv4(ip) : ofIpv6(ip);
    }

    private static AddressScope ofIpv4(byte[] ip) {
        int first = ip[0] & 0xff;
        int second = ip[1] & 0xff;
        if (first == 0 || first >= 224) {
            return NONE;
        }
        if (first == 127) {
            return LOOPBACK;
        }
        if (first == 169 && second == 254) {
            return LINK;
        }
        boolean inner = first == 10
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 100 && second >= 64 && second < 128) // carriers
                || (first == 198 && (second == 18 || second == 19)) // benchmarks
                || (first == 192 && second == 0 && ip[2] == 0);
        return inner ? PRIVATE : GLOBAL;
    }

    private static AddressScope ofIpv6(byte[] ip) {
        int first = ip[0] & 0xff;
        int second = ip[1] & 0xff;
        if (isZero(ip, 0, 15) && ip[15] == 1) {
            return LOOPBACK;
        }
        if (isZero(ip, 0, 10) && (isZero(ip, 10, 12) || (ip[10] == -1 && ip[11] == -1))) {
            return of(Arrays.copyOfRange(ip, 12, 16)); // IPv4-compatible or -mapped
        }
        if (first == 0 && second == 0x64 && (ip[2] & 0xff) == 0xff && (ip[3] & 0xff) == 0x9b) {
            return isZero(ip, 4, 12) ? of(Arrays.copyOfRange(ip, 12, 16)) : PRIVATE; // NAT64; its local-use prefix
        }
        if (first == 0x20 && second == 0x02) {
            return of(Arrays.copyOfRange(ip, 2, 6)); // 6to4
        }
        if (first == 0xfe && (second & 0xc0) == 0x80) {
            return LINK;
        }
        boolean inner = (first & 0xfe) == 0xfc || (first == 0xfe && (second & 0xc0) == 0xc0);
        return inner ? PRIVATE : (first & 0xe0) == 0x20 ? GLOBAL : NONE;
    }

    private static boolean isZero(byte[] ip, int from, int to) {
        for (int i = from; i < to; i++) {
            if (ip[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
