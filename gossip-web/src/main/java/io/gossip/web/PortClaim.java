/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/**
 * Keeps two clusters from answering at one port in turn: Vert.x lets several servers of one instance share a port, which is
 * right for several instances of one verticle and wrong for verticles that show different nodes.
 */
final class PortClaim {
    private static final String CLAIMS = "io.gossip.web.ports";

    private final LocalMap<String, String> claims;
    private final String address;
    private final String prefix;
    private final boolean mine;

    private PortClaim(LocalMap<String, String> claims, String address, String prefix, boolean mine) {
        this.claims = claims;
        this.address = address;
        this.prefix = prefix;
        this.mine = mine;
    }

    /** @throws IllegalStateException if a verticle with another address prefix answers there */
    static PortClaim of(Vertx vertx, GossipWebOptions options) {
        LocalMap<String, String> claims = vertx.sharedData().getLocalMap(CLAIMS);
        String address = options.getHost() + ":" + options.getPort();
        String prefix = options.getAddressPrefix();
        String holder = options.getPort() == 0 ? null : claims.putIfAbsent(address, prefix);
        if (holder != null && !holder.equals(prefix)) {
            throw new IllegalStateException("another web verticle of this Vert.x, with the address prefix '" + holder
                    + "', answers HTTP at " + address + ", set another port");
        }
        return new PortClaim(claims, address, prefix, holder == null && options.getPort() != 0);
    }

    void release() {
        if (mine) {
            claims.removeIfPresent(address, prefix);
        }
    }
}
