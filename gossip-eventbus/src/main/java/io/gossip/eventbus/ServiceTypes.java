/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The service types that a node lets its own member offer. Other members' services are shown whatever their type.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class ServiceTypes {
    /** The six that every node knows. */
    public static final ServiceTypes KNOWN = new ServiceTypes(Map.of(
            "searcher", true,
            "data_processor", true,
            "storage", true,
            "analytics", true,
            "api_gateway", false,
            "load_balancer", false));

    private final Map<String, Boolean> shardedByName;

    private ServiceTypes(Map<String, Boolean> shardedByName) {
        this.shardedByName = Collections.unmodifiableMap(new TreeMap<>(shardedByName));
    }

    /**
     * These types and some more; a name that is known already gets the new meaning.
     *
     * @param more by name, whether the type is sharded
     * @return the larger set
     * @throws IllegalArgumentException if a name is blank
     */
    public ServiceTypes with(Map<String, Boolean> more) {
        Map<String, Boolean> all = new TreeMap<>(shardedByName);
        more.forEach((name, sharded) -> {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name of a service type must not be blank");
            }
            all.put(name, sharded);
        });
        return new ServiceTypes(all);
    }

    /** {@return the names, sorted} */
    public Set<String> names() {
        return shardedByName.keySet();
    }

    /**
     * Tells whether this node may offer a type.
     *
     * @param type its name
     * @return whether it is one of {@link #names()}
     */
    public boolean isKnown(String type) {
        return shardedByName.containsKey(type);
    }

    /**
     * A service of one of these types, checked.
     *
     * @param type one of {@link #names()}
     * @param shard 0 or above; must be 0 for a type that is not sharded
     * @param host {@code ip:port}
     * @return the service
     * @throws IllegalArgumentException saying what is wrong and what is allowed: "Unknown service type …",
     *     "Invalid host format …", "Invalid shard …"
     */
    public ServiceInfo service(String type, long shard, String host) {
        Boolean sharded = shardedByName.get(type);
        if (sharded == null) {
            throw new IllegalArgumentException(
                    "Unknown service type '" + type + "', allowed: " + String.join(", ", names()));
        }
        if (shard < 0) {
            throw new IllegalArgumentException("Invalid shard " + shard + ", allowed: 0 and above");
        }
        if (!sharded && shard != 0) {
            throw new IllegalArgumentException("Invalid shard " + shard + ", allowed: 0, " + type + " is not sharded");
        }
        return new ServiceInfo(type, sharded, shard, checkedHost(host));
    }

    private static String checkedHost(String host) {
        try {
            return GossipAddress.parse(host).toString();
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(
                    "Invalid host format '" + host + "', expected ip:port such as 127.0.0.1:8080", notAnAddress);
        }
    }
}
