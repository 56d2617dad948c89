/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a member says about itself under the key {@value #KEY}, as JSON: {@code {"address":"host:port","run":number,
 * "proxy":bool,"proxies":["host:port"…]}}; {@code run}, {@code proxy} and {@code proxies} may be missing, other fields are ignored.
 *
 * @param address where it answers
 * @param run a number that tells this talk of the member from an earlier one; 0 for a proxy
 * @param isProxy whether it is a proxy
 * @param proxies through which it is reached; empty: directly
 */
record Advertisement(SocketAddress address, long run, boolean isProxy, List<SocketAddress> proxies) {
    static final String KEY = "gossip:messages";

    /** More proxies than that are ignored: a peer must not make others connect all over the place. */
    private static final int MAX_PROXIES = 8;

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /**
     * What a member is to say.
     *
     * @param port where it listens
     * @param run which talk of the member this is
     * @throws IllegalArgumentException if nobody could connect there
     */
    static Advertisement of(MessagingOptions options, int port, long run, boolean isProxy) {
        String told = options.getAdvertiseAddress();
        SocketAddress wanted = told == null ? options.listenSocketAddress() : HostPort.parse(told);
        if (WILDCARDS.contains(wanted.host())) {
            throw new IllegalArgumentException("nobody can connect to '" + HostPort.format(wanted)
                    + "', set advertiseAddress to an address of this host");
        }
        SocketAddress address = wanted.port() == 0 ? SocketAddress.inetSocketAddress(port, wanted.host()) : wanted;
        List<SocketAddress> proxies =
                options.getProxies().stream().map(HostPort::parse).toList();
        return new Advertisement(address, run, isProxy, proxies);
    }

    String toText() {
        JsonObject json = new JsonObject().put("address", HostPort.format(address));
        if (run != 0) {
            json.put("run", run);
        }
        if (isProxy) {
            json.put("proxy", true);
        }
        if (!proxies.isEmpty()) {
            json.put(
                    "proxies",
                    new JsonArray(proxies.stream().map(HostPort::format).toList()));
        }
        return json.encode();
    }

    /** Reads what another member wrote; empty if it is no advertisement. */
    static Optional<Advertisement> parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            SocketAddress address = HostPort.parse(json.getString("address", ""));
            long run = json.getLong("run", 0L);
            boolean isProxy = json.getBoolean("proxy", false);
            JsonArray names = json.getJsonArray("proxies", new JsonArray());
            List<SocketAddress> proxies = new ArrayList<>();
            for (int i = 0; i < Math.min(names.size(), MAX_PROXIES); i++) {
                proxies.add(HostPort.parse(names.getString(i)));
            }
            return Optional.of(new Advertisement(address, run, isProxy, proxies));
        } catch (DecodeException | ClassCastException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    Peer peer(NodeIdentity identity) {
        return new Peer(identity, run, isProxy, address, proxies);
    }
}
