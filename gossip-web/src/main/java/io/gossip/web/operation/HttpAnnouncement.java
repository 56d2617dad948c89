/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.HttpAddress;
import io.gossip.transport.HostPort;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other members where this one answers HTTP, in the reserved key {@code gossip:http}, each time a node begins to
 * serve.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class HttpAnnouncement {
    private static final System.Logger LOGGER = System.getLogger(HttpAnnouncement.class.getName());

    private static final long WITHDRAWAL_SECONDS = 1;

    private final GossipService service;
    private final String boundHost;
    private final @Nullable String configured;
    private final boolean secure;
    private boolean announced;

    public HttpAnnouncement(GossipService service, String boundHost, @Nullable String configured, boolean secure) {
        this.service = service;
        this.boundHost = boundHost;
        this.configured = configured;
        this.secure = secure;
    }

    public void announce(NodeIdentity self, int port) {
        Optional<HostPort> address = address(self, port);
        if (address.isEmpty()) {
            return;
        }
        announced = true;
        service.serveHttp(new HttpAddress(address.get(), secure))
                .onFailure(failure -> LOGGER.log(
                        System.Logger.Level.WARNING,
                        "cannot tell the other members where HTTP is served: " + failure.getMessage()));
    }

    /** Takes it back; completes when the node has, or soon if it is gone. */
    public Future<Void> withdraw() {
        if (!announced) {
            return Future.succeededFuture();
        }
        announced = false;
        return service.serveHttp(null)
                .timeout(WITHDRAWAL_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty();
    }

    /**
     * Where others reach what is bound here. Bound to the loopback only, nobody else does, unless the whole cluster is on
     * this machine. Otherwise the host is the one at which others gossip with the member: what is bound may be a wildcard,
     * or an address behind a translation.
     */
    public Optional<HostPort> address(NodeIdentity self, int port) {
        if (configured != null) {
            HostPort given = HostPort.parse("advertiseAddress", configured);
            return Optional.of(given.port() == 0 ? new HostPort(given.host(), port) : given);
        }
        GossipAddress gossip = self.gossipAddress();
        if (!isLoopback(boundHost)) {
            return Optional.of(new HostPort(gossip.host(), port));
        }
        return isLoopback(gossip.host()) ? Optional.of(new HostPort(boundHost, port)) : Optional.empty();
    }

    /** Whether only programs of this machine reach a host; names are not looked up. */
    public static boolean isLoopback(String host) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return literal.isLoopbackAddress();
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static @Nullable InetAddress literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return NetUtil.createInetAddressFromIpAddressString(bracketed ? host.substring(1, host.length() - 1) : host);
    }
}
