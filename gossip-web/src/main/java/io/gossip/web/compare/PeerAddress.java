/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.request.ProblemException;
import java.util.Arrays;

/**
 * Where another member may be asked over HTTP. What it advertises is a stranger's word, and this node may stand where that
 * stranger cannot reach: so only the machine that the member gossips from is asked, and never one nearer than that.
 *
 * @param address IP address and TCP port
 * @param secure whether TLS is spoken there
 */
public record PeerAddress(GossipAddress address, boolean secure) {
    /** The reserved key in which members tell where they serve HTTP: {@code ip:port} or {@code https://ip:port}. */
    static final String KEY = "gossip:http";

    private static final String SECURE = "https://";

    /**
     * The address of a live member.
     *
     * @param self this node
     * @param other who to ask
     * @return where to ask
     * @throws ProblemException 409, saying which rule forbids to ask it
     */
    static PeerAddress of(NodeIdentity self, MemberPicture other) {
        if (other.identity().equals(self)) {
            throw refusal("this is the node itself, name another member");
        }
        if (!other.isLive()) {
            throw refusal("the member is not live");
        }
        String told = other.value(KEY)
                .orElseThrow(() -> refusal("the member does not tell where it serves HTTP (its key " + KEY + ")"));
        boolean secure = told.startsWith(SECURE);
        GossipAddress address = parse(secure ? told.substring(SECURE.length()) : told);
        if (!Arrays.equals(address.ip(), other.identity().gossipAddress().ip())) {
            throw refusal("the member advertises HTTP on another machine than the one it gossips from");
        }
        checkReach(self.gossipAddress(), address);
        return new PeerAddress(address, secure);
    }

    @Override
    public String toString() {
        return (secure ? SECURE : "") + address;
    }

    private static GossipAddress parse(String text) {
        try {
            GossipAddress address = GossipAddress.parse(text);
            if (address.port() > 0) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // told below
        }
        throw refusal("the member's key " + KEY + " is not an IP address with a port");
    }

    private static void checkReach(GossipAddress ours, GossipAddress theirs) {
        AddressScope reach = AddressScope.of(theirs);
        if (reach == AddressScope.NONE) {
            throw refusal("the member advertises an address that stands for no single machine");
        }
        if (reach.compareTo(AddressScope.of(ours)) < 0) {
            throw refusal("the member advertises an address that is nearer than our own: one of this machine, of its"
                    + " wire or of an inner network");
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(409, detail);
    }
}
