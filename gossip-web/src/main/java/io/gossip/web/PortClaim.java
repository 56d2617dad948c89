/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;

/**
 * Keeps two clusters from answering at one port in turn: Vert.x lets several servers of one instance share a port, which is
 * right for several instances of one verticle and wrong for verticles that show different nodes. The claim lasts until the
 * last of its holders gives it back.
 *
 * <p><b>Threads:</b> may be made on any; each is confined to the context of its verticle.
 */
final class PortClaim {
    private static final String CLAIMS = "io.gossip.web.ports";

    private final LocalMap<String, Holders> claims;
    private final String address;
    private boolean held;

    private PortClaim(LocalMap<String, Holders> claims, String address, boolean held) {
        this.claims = claims;
        this.address = address;
        this.held = held;
    }

    /** @throws IllegalStateException if a verticle with another address prefix answers there */
    static PortClaim of(Vertx vertx, GossipWebOptions options) {
        LocalMap<String, Holders> claims = vertx.sharedData().getLocalMap(CLAIMS);
        String address = options.getHost() + ":" + options.getPort();
        if (options.getPort() == 0) {
            return new PortClaim(claims, address, false); // each gets a port of its own
        }
        String prefix = options.getAddressPrefix();
        Holders now = claims.merge(
                address, new Holders(prefix, 1), (there, one) -> there.prefix.equals(prefix) ? there.plus(1) : there);
        if (!now.prefix.equals(prefix)) {
            throw new IllegalStateException("another web verticle of this Vert.x, with the address prefix '"
                    + now.prefix + "', answers HTTP at " + address + ", set another port");
        }
        return new PortClaim(claims, address, true);
    }

    /** Gives the claim back; once is enough. */
    void release() {
        if (held) {
            held = false;
            claims.computeIfPresent(address, (key, there) -> there.count == 1 ? null : there.plus(-1));
        }
    }

    /**
     * Who answers at an address.
     *
     * @param prefix of their node
     * @param count how many verticles, at least 1
     */
    private record Holders(String prefix, int count) implements Shareable {
        Holders plus(int more) {
            return new Holders(prefix, count + more);
        }
    }
}
