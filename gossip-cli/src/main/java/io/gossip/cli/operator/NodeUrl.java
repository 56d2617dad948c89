/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a node answers: {@code http://HOST:PORT}, {@code https://HOST:PORT}, or {@code HOST:PORT} for plain HTTP, perhaps
 * with a path before those of the node.
 *
 * @param base without a slash at the end
 */
record NodeUrl(String base) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static NodeUrl parse(String text) {
        String url = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            plain &= uri.getPort() <= MAX_PORT;
            if (uri.getHost() != null && plain && (scheme.equals("http") || scheme.equals("https"))) {
                return new NodeUrl(url.replaceAll("/+$", ""));
            }
        } catch (URISyntaxException malformed) {
            // told below
        }
        throw new IllegalArgumentException(
                "expected http://HOST:PORT, https://HOST:PORT or HOST:PORT, got '" + withoutPassword(text) + "'");
    }

    /** Before the host, or in what was meant to stand there, may be a password, and passwords hold any character. */
    private static String withoutPassword(String text) {
        return text.replaceFirst("(?s)^(\\w+://)?.*@", "$1...@");
    }

    /** The address of something at the node; parameters are encoded, so names with slashes or dots stay what they are. */
    URI at(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
    }

    boolean isSecure() {
        return base.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    String host() {
        return String.valueOf(URI.create(base).getHost());
    }

    @Override
    public String toString() {
        return base;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
