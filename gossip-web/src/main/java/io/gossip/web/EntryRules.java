/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.web.request.Access;
import io.gossip.web.request.Gate;
import io.gossip.web.security.CrossOrigin;
import io.gossip.web.security.OriginGuard;
import io.gossip.web.security.OwnHosts;
import io.gossip.web.security.TokenGate;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is let in, by the rules in force: names, origins and tokens. They are replaced as a whole, so no request is judged by
 * half of the old and half of the new ones.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class EntryRules implements Gate {
    private Gate gate;
    private CrossOrigin crossOrigin;

    EntryRules(GossipWebOptions options) {
        gate = gate(options);
        crossOrigin = new CrossOrigin(options.getSecurity().getCorsOrigins());
    }

    void use(GossipWebOptions options) {
        gate = gate(options);
        crossOrigin = new CrossOrigin(options.getSecurity().getCorsOrigins());
    }

    @Override
    public void check(RoutingContext context, Access needed) {
        gate.check(context, needed);
    }

    void crossOrigin(RoutingContext context) {
        crossOrigin.handle(context);
    }

    private static Gate gate(GossipWebOptions options) {
        WebSecurityOptions security = options.getSecurity();
        OwnHosts hosts = new OwnHosts(options.getHost(), Set.copyOf(security.getAllowedHosts()));
        Gate known = new OriginGuard(hosts, Set.copyOf(security.getCorsOrigins())).and(hosts);
        return security.getTokens().isEmpty() ? known : known.and(new TokenGate(allowedBy(security.getTokens())));
    }

    private static Map<String, Access> allowedBy(List<AccessToken> tokens) {
        Map<String, Access> allowed = new HashMap<>();
        tokens.forEach(
                token -> allowed.put(token.token(), token.role() == TokenRole.WRITE ? Access.WRITE : Access.READ));
        return allowed;
    }
}
