/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.transport.GossipNodeOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link GossipVerticle} is set up. As JSON: {@code {"addressPrefix","node":{…},"initialKeyValues":{…},
 * "service":{"type","shard","host"},"serviceTypes":{NAME:SHARDED…},"requiredKeys":[KEY…],"jsonPublications",
 * "readyTimeoutMillis"}}, every field optional, {@code node} as
 * {@link GossipNodeOptions} reads it.
 *
 * <p><b>Threads:</b> confined.
 */
public class GossipOptions {
    /** Whether publications go out as JSON, too, unless set otherwise. */
    public static final boolean DEFAULT_JSON_PUBLICATIONS = false;

    /** What the addresses begin with unless another prefix is set. */
    public static final String DEFAULT_ADDRESS_PREFIX = GossipAddresses.DEFAULT_PREFIX;

    /** Default: how long the node waits for a peer before it is ready without one, ms; 0 for ever. */
    public static final long DEFAULT_READY_TIMEOUT_MILLIS = 0;

    private static final Set<String> NAMES = Set.of(
            "addressPrefix",
            "node",
            "initialKeyValues",
            "service",
            "serviceTypes",
            "requiredKeys",
            "jsonPublications",
            "readyTimeoutMillis");

    private String addressPrefix = DEFAULT_ADDRESS_PREFIX;
    private GossipNodeOptions node = new GossipNodeOptions();
    private Map<String, String> initialKeyValues = new LinkedHashMap<>();
    private @Nullable ServiceOffer service;
    private Map<String, Boolean> serviceTypes = new TreeMap<>();
    private List<String> requiredKeys = List.of();
    private boolean jsonPublications = DEFAULT_JSON_PUBLICATIONS;
    private long readyTimeoutMillis = DEFAULT_READY_TIMEOUT_MILLIS;

    /** The defaults. */
    public GossipOptions() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public GossipOptions(GossipOptions other) {
        addressPrefix = other.addressPrefix;
        node = new GossipNodeOptions(other.node);
        initialKeyValues = new LinkedHashMap<>(other.initialKeyValues);
        service = other.service;
        serviceTypes = new TreeMap<>(other.serviceTypes);
        requiredKeys = other.requiredKeys;
        jsonPublications = other.jsonPublications;
        readyTimeoutMillis = other.readyTimeoutMillis;
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its default.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public GossipOptions(JsonObject json) {
        for (String name : json.fieldNames()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown option '" + name + "', known: " + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        if (json.getValue("addressPrefix") != null) {
            setAddressPrefix(JsonParts.text(json, "addressPrefix"));
        }
        if (json.getValue("node") != null) {
            node = new GossipNodeOptions(JsonParts.object(json, "node"));
        }
        if (json.getValue("initialKeyValues") != null) {
            JsonObject values = JsonParts.object(json, "initialKeyValues");
            values.fieldNames().forEach(key -> initialKeyValues.put(key, JsonParts.text(values, key)));
        }
        if (json.getValue("service") != null) {
            service = ServiceOffer.fromJson(JsonParts.object(json, "service"));
        }
        if (json.getValue("serviceTypes") != null) {
            JsonObject types = JsonParts.object(json, "serviceTypes");
            types.fieldNames().forEach(type -> serviceTypes.put(type, JsonParts.bool(types, type)));
        }
        if (json.getValue("requiredKeys") != null) {
            setRequiredKeys(JsonParts.texts(json, "requiredKeys"));
        }
        if (json.getValue("jsonPublications") != null) {
            jsonPublications = JsonParts.bool(json, "jsonPublications");
        }
        if (json.getValue("readyTimeoutMillis") != null) {
            setReadyTimeoutMillis(JsonParts.unsigned(json, "readyTimeoutMillis"));
        }
    }

    /** {@return the options as JSON} */
    public JsonObject toJson() {
        JsonObject keys = new JsonObject();
        initialKeyValues.forEach(keys::put);
        JsonObject types = new JsonObject();
        serviceTypes.forEach(types::put);
        JsonObject json = new JsonObject()
                .put("addressPrefix", addressPrefix)
                .put("node", node.toJson())
                .put("initialKeyValues", keys)
                .put("serviceTypes", types)
                .put("requiredKeys", new JsonArray(requiredKeys))
                .put("jsonPublications", jsonPublications)
                .put("readyTimeoutMillis", readyTimeoutMillis);
        return service == null ? json : json.put("service", service.toJson());
    }

    /** {@return what the event bus addresses begin with} */
    public String getAddressPrefix() {
        return addressPrefix;
    }

    /**
     * Sets what the event bus addresses begin with; several verticles in one Vert.x must differ in it.
     *
     * @param value not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public GossipOptions setAddressPrefix(String value) {
        addressPrefix = new GossipAddresses(value).prefix();
        return this;
    }

    /** {@return how the node takes part; the object itself, to be changed in place} */
    public GossipNodeOptions getNode() {
        return node;
    }

    /**
     * Sets how the node takes part.
     *
     * @param value the node's options
     * @return this
     */
    public GossipOptions setNode(GossipNodeOptions value) {
        node = value;
        return this;
    }

    /** {@return the member's first keys, versions 1, 2, 3 … in this order; unmodifiable} */
    public Map<String, String> getInitialKeyValues() {
        return Collections.unmodifiableMap(initialKeyValues);
    }

    /**
     * Sets the member's first keys.
     *
     * @param value keys and values, versions 1, 2, 3 … in iteration order; copied
     * @return this
     */
    public GossipOptions setInitialKeyValues(Map<String, String> value) {
        initialKeyValues = new LinkedHashMap<>(value);
        return this;
    }

    /** {@return the service offered from the start; null for none} */
    public @Nullable ServiceOffer getService() {
        return service;
    }

    /**
     * Sets the service offered from the start; its key is written after the initial ones.
     *
     * @param value the service; null for none
     * @return this
     */
    public GossipOptions setService(@Nullable ServiceOffer value) {
        service = value;
        return this;
    }

    /** {@return service types beside the six known ones: by name, whether the type is sharded; unmodifiable} */
    public Map<String, Boolean> getServiceTypes() {
        return Collections.unmodifiableMap(serviceTypes);
    }

    /**
     * Adds service types to the six known ones.
     *
     * @param value by name, whether the type is sharded; copied
     * @return this
     */
    public GossipOptions setServiceTypes(Map<String, Boolean> value) {
        serviceTypes = new TreeMap<>(value);
        return this;
    }

    /** {@return keys that a live member must show to be ready; unmodifiable} */
    public List<String> getRequiredKeys() {
        return requiredKeys;
    }

    /**
     * Sets what makes a live member ready, {@link ClusterPicture#isReady}: it shows all these keys. Members are listed,
     * and live, before their keys have arrived; look-ups of services show only those that are ready. Whether a member is
     * live does not depend on it.
     *
     * @param value keys, none of them empty; empty list: every live member is ready; copied
     * @return this
     * @throws IllegalArgumentException if a key is empty
     */
    public GossipOptions setRequiredKeys(List<String> value) {
        if (value.contains("")) {
            throw new IllegalArgumentException("requiredKeys must not contain an empty key");
        }
        requiredKeys = List.copyOf(value);
        return this;
    }

    /** {@return whether publications go out as JSON, too} */
    public boolean isJsonPublications() {
        return jsonPublications;
    }

    /**
     * Sets whether each publication also goes out as JSON, to its address with {@code .json} behind it, for bridges and
     * other languages. They are made on a worker thread, in order, and leave a little later than the others.
     *
     * @param value whether they do
     * @return this
     */
    public GossipOptions setJsonPublications(boolean value) {
        jsonPublications = value;
        return this;
    }

    /** {@return how long the node waits for a peer before it is ready without one, ms; 0 for ever} */
    public long getReadyTimeoutMillis() {
        return readyTimeoutMillis;
    }

    /**
     * Sets how long the node waits for a peer before it is ready without one ({@link NodeStatus#readiness()}). It matters
     * only if seed nodes are configured. Without a limit, the first member of a cluster waits for the second one; where
     * the second one is started only when the first is ready, neither ever is.
     *
     * @param value milliseconds, 0 or above; 0 to wait for ever
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public GossipOptions setReadyTimeoutMillis(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("readyTimeoutMillis must not be negative, was " + value);
        }
        readyTimeoutMillis = value;
        return this;
    }

    /**
     * {@return whether all options are the same, the order of the initial keys too: it decides their versions}
     *
     * @param other what to compare with
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GossipOptions that
                && node.equals(that.node)
                && toJson().equals(that.toJson())
                && List.copyOf(initialKeyValues.keySet()).equals(List.copyOf(that.initialKeyValues.keySet()));
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson().encode();
    }
}
