/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.HttpAddress;
import io.gossip.transport.HostPort;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself under the key {@value #KEY}, as JSON: {@code {"address":"host:port","run":number,
 * "proxy":bool,"proxies":["host:port"…],"maxPayload":bytes}}; all but {@code address} may be missing, other fields are ignored.
 *
 * @param address where it answers
 * @param run a number that tells this talk of the member from an earlier one; 0 for a proxy
 * @param isProxy whether it is a proxy
 * @param proxies through which it is reached; empty: directly
 * @param maxPayloadBytes the largest payload that it takes or passes on; {@value Peer#NOT_SAID} if it does not say
 */
record Advertisement(HostPort address, long run, boolean isProxy, List<HostPort> proxies, int maxPayloadBytes) {
    static final String KEY = "gossip:messages";

    /** More proxies than that are ignored: a peer must not make others connect all over the place. */
    private static final int MAX_PROXIES = 8;

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

    /**
     * What a member is to say.
     *
     * @param port where it listens
     * @param run which talk of the member this is
     * @throws IllegalArgumentException if nobody could connect there
     */
    static Advertisement of(MessagingOptions options, int port, long run, boolean isProxy) {
        String told = options.getAdvertiseAddress();
        HostPort wanted = told == null ? options.listenHostPort() : HostPort.parse("advertiseAddress", told);
        if (WILDCARDS.contains(wanted.host())) {
            throw new IllegalArgumentException(
                    "nobody can connect to '" + wanted + "', set advertiseAddress to an address of this host");
        }
        HostPort address = wanted.port() == 0 ? new HostPort(wanted.host(), port) : wanted;
        return new Advertisement(address, run, isProxy, options.proxyAddresses(), options.getMaxPayloadBytes());
    }

    String toText() {
        JsonObject json = new JsonObject().put("address", address.toString());
        if (run != 0) {
            json.put("run", run);
        }
        if (isProxy) {
            json.put("proxy", true);
        }
        if (!proxies.isEmpty()) {
            json.put(
                    "proxies",
                    new JsonArray(proxies.stream().map(HostPort::toString).toList()));
        }
        return json.put("maxPayload", maxPayloadBytes).encode();
    }

    /** Reads what another member wrote, whatever that is; empty if it is no advertisement. */
    static Optional<Advertisement> parse(String text) {
        try {
            return Json.decodeValue(text) instanceof JsonObject json ? Optional.of(read(json)) : Optional.empty();
        } catch (DecodeException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Advertisement read(JsonObject json) {
        HostPort address = connectable(json.getValue("address"));
        long run = valueOr(json, "run", Number.class, 0).longValue();
        boolean isProxy = valueOr(json, "proxy", Boolean.class, false);
        List<HostPort> proxies = valueOr(json, "proxies", JsonArray.class, new JsonArray()).stream()
                .limit(MAX_PROXIES)
                .map(Advertisement::connectable)
                .distinct()
                .toList();
        long most = valueOr(json, "maxPayload", Number.class, Peer.NOT_SAID).longValue();
        int maxPayloadBytes = (int) Math.min(Peer.NOT_SAID, Math.max(0, most));
        return new Advertisement(address, run, isProxy, proxies, maxPayloadBytes);
    }

    private static HostPort connectable(Object text) {
        if (text instanceof String name) {
            HostPort address = HostPort.parse("address", name);
            if (address.port() != 0 && !WILDCARDS.contains(address.host())) {
                return address;
            }
        }
        throw new IllegalArgumentException("nobody can connect to " + text);
    }

    private static <T> T valueOr(JsonObject json, String name, Class<T> type, T otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " must not be " + value);
        }
        return type.cast(value);
    }

    Peer peer(NodeIdentity identity, @Nullable HttpAddress http) {
        return new Peer(identity, run, isProxy, address, proxies, maxPayloadBytes, http);
    }
}
