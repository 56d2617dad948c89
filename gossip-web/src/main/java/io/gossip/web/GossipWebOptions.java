/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.core.identity.GossipAddress;
import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.HostPort;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link GossipWebVerticle} is set up. As JSON: {@code {"host","port","addressPrefix","setKeyByGet","compareMembers",
 * "gossipIntervalMillis","maxEventStreams","maxHeldAnswers","eventLogBytes","advertiseAddress","security":{…}}}, {@code
 * security} as {@link WebSecurityOptions} reads it, every field optional, an unknown one refused.
 *
 * <p><b>Threads:</b> confined.
 */
public class GossipWebOptions {
    /** Where to listen unless told otherwise. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** The TCP port unless told otherwise. */
    public static final int DEFAULT_PORT = 10_000;

    /** What the event bus addresses of the node begin with unless told otherwise. */
    public static final String DEFAULT_ADDRESS_PREFIX = GossipOptions.DEFAULT_ADDRESS_PREFIX;

    /** Default: whether {@code GET /set_kv} may write. */
    public static final boolean DEFAULT_SET_KEY_BY_GET = true;

    /** Default: whether the node may ask other members what they believe. */
    public static final boolean DEFAULT_COMPARE_MEMBERS = true;

    /** Default: how old the heartbeats in {@code GET /} may be, ms. */
    public static final long DEFAULT_GOSSIP_INTERVAL_MILLIS = 1_000;

    /** Default: how many event streams may be open at a time. */
    public static final int DEFAULT_MAX_EVENT_STREAMS = 1_000;

    /** Default: how many answers may be held at a time until something changes. */
    public static final int DEFAULT_MAX_HELD_ANSWERS = 1_000;

    /** Default: about how many bytes of past events are kept for streams to resume from and slow readers to catch up. */
    public static final long DEFAULT_EVENT_LOG_BYTES = 16L * 1024 * 1024;

    private static final int MAX_CLIENTS = 1_000_000;
    private static final long MAX_EVENT_LOG_BYTES = 1L << 40;
    private static final long MAX_GOSSIP_INTERVAL_MILLIS = 3_600_000;
    private static final Set<String> NAMES = Set.of(
            "host",
            "port",
            "addressPrefix",
            "setKeyByGet",
            "compareMembers",
            "gossipIntervalMillis",
            "maxEventStreams",
            "maxHeldAnswers",
            "eventLogBytes",
            "advertiseAddress",
            "security");

    private String host = DEFAULT_HOST;
    private int port = DEFAULT_PORT;
    private String addressPrefix = DEFAULT_ADDRESS_PREFIX;
    private boolean setKeyByGet = DEFAULT_SET_KEY_BY_GET;
    private boolean compareMembers = DEFAULT_COMPARE_MEMBERS;
    private long gossipIntervalMillis = DEFAULT_GOSSIP_INTERVAL_MILLIS;
    private int maxEventStreams = DEFAULT_MAX_EVENT_STREAMS;
    private int maxHeldAnswers = DEFAULT_MAX_HELD_ANSWERS;
    private long eventLogBytes = DEFAULT_EVENT_LOG_BYTES;

    private @Nullable String advertiseAddress;
    private WebSecurityOptions security = new WebSecurityOptions();

    /** The defaults. */
    public GossipWebOptions() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public GossipWebOptions(GossipWebOptions other) {
        host = other.host;
        port = other.port;
        addressPrefix = other.addressPrefix;
        setKeyByGet = other.setKeyByGet;
        compareMembers = other.compareMembers;
        gossipIntervalMillis = other.gossipIntervalMillis;
        maxEventStreams = other.maxEventStreams;
        maxHeldAnswers = other.maxHeldAnswers;
        eventLogBytes = other.eventLogBytes;
        advertiseAddress = other.advertiseAddress;
        security = new WebSecurityOptions(other.security);
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its default.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public GossipWebOptions(JsonObject json) {
        for (String name : json.fieldNames()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown option '" + name + "', known: " + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        setHost(value(json, "host", String.class, host));
        setPort((int) integer(json, "port", port, 0, 65_535));
        setAddressPrefix(value(json, "addressPrefix", String.class, addressPrefix));
        setSetKeyByGet(value(json, "setKeyByGet", Boolean.class, setKeyByGet));
        setCompareMembers(value(json, "compareMembers", Boolean.class, compareMembers));
        setGossipIntervalMillis(
                integer(json, "gossipIntervalMillis", gossipIntervalMillis, 1, MAX_GOSSIP_INTERVAL_MILLIS));
        setMaxEventStreams((int) integer(json, "maxEventStreams", maxEventStreams, 0, MAX_CLIENTS));
        setMaxHeldAnswers((int) integer(json, "maxHeldAnswers", maxHeldAnswers, 0, MAX_CLIENTS));
        setEventLogBytes(integer(json, "eventLogBytes", eventLogBytes, 0, MAX_EVENT_LOG_BYTES));
        if (json.getValue("advertiseAddress") != null) {
            setAdvertiseAddress(value(json, "advertiseAddress", String.class, ""));
        }
        security = new WebSecurityOptions(value(json, "security", JsonObject.class, new JsonObject()));
    }

    /** {@return the options as JSON} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("host", host)
                .put("port", port)
                .put("addressPrefix", addressPrefix)
                .put("setKeyByGet", setKeyByGet)
                .put("compareMembers", compareMembers)
                .put("gossipIntervalMillis", gossipIntervalMillis)
                .put("maxEventStreams", maxEventStreams)
                .put("maxHeldAnswers", maxHeldAnswers)
                .put("eventLogBytes", eventLogBytes)
                .put("security", security.toJson());
        return advertiseAddress == null ? json : json.put("advertiseAddress", advertiseAddress);
    }

    /** {@return the host name or address to listen at} */
    public String getHost() {
        return host;
    }

    /**
     * Sets where to listen. Whoever reaches this address can read all and write this member's keys.
     *
     * @param value a host name or address of this machine, not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public GossipWebOptions setHost(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        host = value;
        return this;
    }

    /** {@return the TCP port to listen at; 0 for any free one} */
    public int getPort() {
        return port;
    }

    /**
     * Sets the TCP port to listen at.
     *
     * @param value 0 to 65,535; 0 for any free one
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipWebOptions setPort(int value) {
        port = (int) between("port", value, 0, 65_535);
        return this;
    }

    /** {@return what the event bus addresses of the node begin with} */
    public String getAddressPrefix() {
        return addressPrefix;
    }

    /**
     * Sets which node to show.
     *
     * @param value the prefix that its verticle serves, not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public GossipWebOptions setAddressPrefix(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("addressPrefix must not be blank");
        }
        addressPrefix = value;
        return this;
    }

    /** {@return whether {@code GET /set_kv} may write; POST and PUT always may} */
    public boolean isSetKeyByGet() {
        return setKeyByGet;
    }

    /**
     * Sets whether {@code GET /set_kv} may write, as older clients want it to.
     *
     * @param value false to answer it 405
     * @return this
     */
    public GossipWebOptions setSetKeyByGet(boolean value) {
        setKeyByGet = value;
        return this;
    }

    /** {@return whether the node may ask other members what they believe} */
    public boolean isCompareMembers() {
        return compareMembers;
    }

    /**
     * Sets whether {@code GET /api/v1/diff} may make the node ask another live member over HTTP, at the address that it
     * advertises in {@code gossip:http}, if that is the machine it gossips from.
     *
     * @param value false to answer it 403
     * @return this
     */
    public GossipWebOptions setCompareMembers(boolean value) {
        compareMembers = value;
        return this;
    }

    /** {@return how old the heartbeats in {@code GET /} may be, in milliseconds} */
    public long getGossipIntervalMillis() {
        return gossipIntervalMillis;
    }

    /**
     * Sets how old the heartbeats in {@code GET /} may be. Give the node's own gossip interval: in less time they do not
     * rise.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipWebOptions setGossipIntervalMillis(long value) {
        gossipIntervalMillis = between("gossipIntervalMillis", value, 1, MAX_GOSSIP_INTERVAL_MILLIS);
        return this;
    }

    /** {@return how many event streams may be open at a time} */
    public int getMaxEventStreams() {
        return maxEventStreams;
    }

    /**
     * Sets how many event streams may be open at a time. One more is answered 503.
     *
     * @param value 0 to 1,000,000; 0 for none
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipWebOptions setMaxEventStreams(int value) {
        maxEventStreams = (int) between("maxEventStreams", value, 0, MAX_CLIENTS);
        return this;
    }

    /** {@return how many answers may be held at a time until something changes} */
    public int getMaxHeldAnswers() {
        return maxHeldAnswers;
    }

    /**
     * Sets how many answers may be held at a time ({@code ?wait=}). One more is answered 503.
     *
     * @param value 0 to 1,000,000; 0 for none
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipWebOptions setMaxHeldAnswers(int value) {
        maxHeldAnswers = (int) between("maxHeldAnswers", value, 0, MAX_CLIENTS);
        return this;
    }

    /** {@return about how many bytes of past events are kept} */
    public long getEventLogBytes() {
        return eventLogBytes;
    }

    /**
     * Sets about how many bytes of past events are kept, for streams to resume from and for slow readers to catch up:
     * who needs an event that is gone is sent a reset, or cut. The last event is always kept.
     *
     * @param value bytes, 0 to 2^40
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipWebOptions setEventLogBytes(long value) {
        eventLogBytes = between("eventLogBytes", value, 0, MAX_EVENT_LOG_BYTES);
        return this;
    }

    /** {@return where the other members reach this web interface; null if that follows from the gossip address} */
    public @Nullable String getAdvertiseAddress() {
        return advertiseAddress;
    }

    /**
     * Sets where the other members reach this web interface; they learn it by the reserved key {@code gossip:http}. By
     * default it is the host at which they gossip with this member, with the port that is listened at; and if that is the
     * loopback only, while the member gossips elsewhere, there is no such address.
     *
     * @param value {@code host:port}, no wildcard; port 0 for the one that is listened at; null for the default
     * @return this
     * @throws IllegalArgumentException if it is malformed or a wildcard
     */
    public GossipWebOptions setAdvertiseAddress(@Nullable String value) {
        if (value != null
                && HostPort.parse("advertiseAddress", value)
                        .literal()
                        .filter(GossipAddress::isWildcard)
                        .isPresent()) {
            throw new IllegalArgumentException("advertiseAddress must not be a wildcard, was '" + value + "'");
        }
        advertiseAddress = value;
        return this;
    }

    /** {@return who may use it, and how it protects itself; the object itself, to be changed in place} */
    public WebSecurityOptions getSecurity() {
        return security;
    }

    /**
     * Sets who may use it, and how it protects itself.
     *
     * @param value the options; not copied
     * @return this
     */
    public GossipWebOptions setSecurity(WebSecurityOptions value) {
        security = value;
        return this;
    }

    /**
     * {@return whether all options are the same}
     *
     * @param other what to compare with
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GossipWebOptions that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    /** {@return the options as JSON, with the roles of the tokens only} */
    @Override
    public String toString() {
        return withoutSecrets().encode();
    }

    /** For logs. */
    JsonObject withoutSecrets() {
        return toJson().put("security", security.withoutSecrets());
    }

    private static <T> T value(JsonObject json, String name, Class<T> type, T otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " must be a " + type.getSimpleName() + ", was " + value);
        }
        return type.cast(value);
    }

    private static long integer(JsonObject json, String name, long otherwise, long least, long most) {
        Number number = value(json, name, Number.class, otherwise);
        if (!(number instanceof Integer || number instanceof Long)) {
            throw new IllegalArgumentException(name + " must be an integer, was " + number);
        }
        return between(name, number.longValue(), least, most);
    }

    private static long between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
        return value;
    }
}
