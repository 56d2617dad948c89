/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.gossip.web.operation.HttpAnnouncement;
import io.gossip.web.request.Access;
import io.gossip.web.request.Gate;
import io.gossip.web.request.ProblemException;
import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names by which this node may be called, and the gate that refuses other ones.
 *
 * <p>A page of a name that its owner lets resolve to this machine is of our origin for the browser, which then adds no
 * header that would tell (DNS rebinding). Only the name gives it away. Where only this machine can connect, no other name
 * than those here is in use, so all others are refused. Elsewhere names are the usual way to reach a node, and we
 * cannot know them: then the gate is shut only if they are configured.
 */
public final class OwnHosts implements Gate {
    private final Set<String> names;
    private final boolean strict;

    public OwnHosts(String boundHost, Set<String> allowed) {
        names = allowed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        names.add(boundHost.toLowerCase(Locale.ROOT));
        names.add("localhost");
        strict = HttpAnnouncement.isLoopback(boundHost) || !allowed.isEmpty();
    }

    @Override
    public void check(RoutingContext context, Access needed) {
        HostAndPort host = context.request().authority();
        if (strict && needed != Access.ANYONE && host != null && !contains(host.host())) {
            throw new ProblemException(
                    403,
                    "this node does not answer to the name in Host: use an IP address or localhost, or allow the name"
                            + " (allowedHosts)");
        }
    }

    /** Whether a host is one that a foreign page cannot be of. */
    public boolean contains(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String name = bare.toLowerCase(Locale.ROOT);
        return NetUtil.isValidIpV4Address(bare)
                || NetUtil.isValidIpV6Address(bare)
                || names.contains(name)
                || name.endsWith(".localhost"); // belongs to nobody, RFC 6761
    }
}
