/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import java.util.Arrays;

/**
 * The text form of addresses: RFC 5952 for IPv6, with IPv4-mapped addresses written {@code ::ffff:1.2.3.4} as the Rust
 * standard library prints them.
 */
final class AddressText {
    private AddressText() {}

    static GossipAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("expected IP:PORT, got '" + text + "'");
        }
        String host = text.substring(0, colon);
        int port = port(text, text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            return GossipAddress.of(ipv6(text, host.substring(1, host.length() - 1)), port);
        }
        return GossipAddress.of(ipv4(text, host), port);
    }

    static String host(byte[] ip) {
        if (ip.length == 4) {
            return dotted(ip, 0);
        }
        if (isIpv4Mapped(ip)) {
            return "::ffff:" + dotted(ip, 12);
        }
        return colons(ip);
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("expected a port number at the end of '" + text + "'");
        }
        int port = Integer.parseInt(digits);
        if (port > 0xffff) {
            throw new IllegalArgumentException("port must be at most 65535 in '" + text + "'");
        }
        return port;
    }

    private static byte[] ipv4(String text, String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(text);
        }
        byte[] ip = new byte[4];
        for (int i = 0; i < 4; i++) {
            ip[i] = (byte) number(text, parts[i], 10, 3, 255);
        }
        return ip;
    }

    private static byte[] ipv6(String text, String host) {
        int gap = host.indexOf("::");
        if (gap >= 0 && host.indexOf("::", gap + 1) >= 0) {
            throw notAnAddress(text);
        }
        byte[] head = groups(text, gap < 0 ? host : host.substring(0, gap), gap < 0);
        byte[] tail = gap < 0 ? new byte[0] : groups(text, host.substring(gap + 2), true);
        int given = head.length + tail.length;
        if (gap < 0 ? given != 16 : given > 14) {
            throw notAnAddress(text);
        }
        byte[] ip = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, ip, 16 - tail.length, tail.length);
        return ip;
    }

    private static byte[] groups(String text, String part, boolean endsTheAddress) {
        if (part.isEmpty()) {
            return new byte[0];
        }
        String[] groups = part.split(":", -1);
        if (groups.length > 8) {
            throw notAnAddress(text);
        }
        byte[] bytes = new byte[groups.length * 2 + 2];
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            if (endsTheAddress && i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
                System.arraycopy(ipv4(text, groups[i]), 0, bytes, length, 4);
                length += 4;
            } else {
                int group = number(text, groups[i], 16, 4, 0xffff);
                bytes[length++] = (byte) (group >>> 8);
                bytes[length++] = (byte) group;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int number(String text, String digits, int radix, int maxDigits, int max) {
        if (digits.isEmpty() || digits.length() > maxDigits || digits.charAt(0) == '+' || digits.charAt(0) == '-') {
            throw notAnAddress(text);
        }
        try {
            int value = Integer.parseInt(digits, radix);
            if (value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // fall through: the same complaint
        }
        throw notAnAddress(text);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("expected an IPv4 or [IPv6] address and a port, got '" + text + "'");
    }

    private static String dotted(byte[] ip, int from) {
        return (ip[from] & 0xff) + "." + (ip[from + 1] & 0xff) + "." + (ip[from + 2] & 0xff) + "."
                + (ip[from + 3] & 0xff);
    }

    private static boolean isIpv4Mapped(byte[] ip) {
        for (int i = 0; i < 10; i++) {
            if (ip[i] != 0) {
                return false;
            }
        }
        return ip[10] == (byte) 0xff && ip[11] == (byte) 0xff;
    }

    // RFC 5952 §4.2: the longest run of two or more zero groups becomes "::", the first of equals.
    private static String colons(byte[] ip) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((ip[2 * i] & 0xff) << 8) | (ip[2 * i + 1] & 0xff);
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
