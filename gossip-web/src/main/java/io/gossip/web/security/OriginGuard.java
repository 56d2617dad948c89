/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.gossip.web.request.Access;
import io.gossip.web.request.Gate;
import io.gossip.web.request.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses writes that a page of another origin makes a browser send. Browsers say where a request comes from in
 * {@code Sec-Fetch-Site} and {@code Origin}; other programs send neither and are let through. A page of the same site
 * but another origin is foreign too: on one machine that is any other port.
 *
 * <p>To a browser, a page of a foreign name is of our origin once that name resolves to this machine (DNS rebinding). So
 * what a browser sends must name us by an IP address, as {@code localhost}, or by the name we are configured with.
 */
public final class OriginGuard implements Gate {
    private static final Set<String> OWN = Set.of("same-origin", "none"); // none: typed by the user

    private final OwnHosts hosts;
    private final Set<String> allowedOrigins;

    /** {@code allowedOrigins} are those whose pages may write. */
    public OriginGuard(OwnHosts hosts, Set<String> allowedOrigins) {
        this.hosts = hosts;
        this.allowedOrigins = allowedOrigins;
    }

    @Override
    public void check(RoutingContext context, Access needed) {
        if (needed == Access.WRITE) {
            checkWrite(context);
        }
    }

    private void checkWrite(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> origins = request.headers().getAll("Origin");
        if (!origins.isEmpty() && allowedOrigins.containsAll(origins)) {
            return;
        }
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        for (String site : sites) {
            if (!OWN.contains(site.trim().toLowerCase(Locale.ROOT))) {
                throw refusal("Sec-Fetch-Site is " + site);
            }
        }
        for (String origin : origins) {
            if (!isOwn(origin, request.authority(), request.isSSL() ? 443 : 80)) {
                throw refusal("Origin is another than Host");
            }
        }
        HostAndPort host = request.authority();
        if (!(sites.isEmpty() && origins.isEmpty()) && (host == null || !hosts.contains(host.host()))) {
            throw new ProblemException(
                    403,
                    "a browser may write only if Host is an IP address, localhost or the name that this node is"
                            + " configured to listen at");
        }
    }

    private static boolean isOwn(String origin, @Nullable HostAndPort host, int defaultPort) {
        try {
            URI uri = new URI(origin.trim());
            if (host == null || uri.getHost() == null || uri.getScheme() == null) {
                return false; // "null", the origin of sandboxed pages, among others
            }
            int originPort =
                    uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
            int hostPort = host.port() >= 0 ? host.port() : defaultPort;
            return uri.getHost().equalsIgnoreCase(bracketed(host.host())) && originPort == hostPort;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static ProblemException refusal(String reason) {
        return new ProblemException(403, "a page of a foreign origin must not write: " + reason);
    }
}
