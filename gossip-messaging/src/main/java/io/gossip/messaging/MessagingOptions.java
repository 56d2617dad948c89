/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.FrameCodec;
import io.gossip.transport.HostPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a member talks to others. As JSON: one field for each property, durations in whole milliseconds with {@code Millis}
 * behind the name, {@code tls} as {@link MessagingTls} reads it; every field optional.
 *
 * <p><b>Threads:</b> confined.
 */
// Long only because it is a list: two short methods for each option.
public class MessagingOptions {
    /** Where connections are taken unless set otherwise: loopback, any free port. */
    public static final String DEFAULT_LISTEN_ADDRESS = "127.0.0.1:0";

    /** Largest payload unless set otherwise, bytes. */
    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 1 << 20;

    /** Most unconfirmed messages to one peer unless set otherwise. */
    public static final int DEFAULT_MAX_UNCONFIRMED_MESSAGES = 10_000;

    /** Most bytes of unconfirmed messages to one peer unless set otherwise. */
    public static final long DEFAULT_MAX_UNCONFIRMED_BYTES = 16L << 20;

    /** Most messages that wait for their reader unless set otherwise. */
    public static final int DEFAULT_MAX_INCOMING_MESSAGES = 1_000;

    /** Most bytes of messages that wait for their reader unless set otherwise. */
    public static final long DEFAULT_MAX_INCOMING_BYTES = 16L << 20;

    /** Most connections taken at a time unless set otherwise. */
    public static final int DEFAULT_MAX_CONNECTIONS = 4_096;

    /** Longest wait between two attempts to connect unless set otherwise. */
    public static final Duration DEFAULT_MAX_RECONNECT_DELAY = Duration.ofSeconds(5);

    /** Silence after which a connection counts as broken unless set otherwise. */
    public static final Duration DEFAULT_SILENCE_TIMEOUT = Duration.ofSeconds(15);

    /** Time after which a message is sent through a proxy once more unless set otherwise. */
    public static final Duration DEFAULT_RESEND_DELAY = Duration.ofSeconds(5);

    /** Time that messages to a dead peer are kept unless set otherwise. */
    public static final Duration DEFAULT_DEAD_PEER_PATIENCE = Duration.ofMinutes(1);

    /** Time that closing waits for confirmations unless set otherwise. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_UNCONFIRMED_MESSAGES = 1 << 16;
    private static final Set<String> NAMES =
            new TreeSet<>(new MessagingOptions().toJson().fieldNames());

    static {
        NAMES.addAll(List.of("advertiseAddress", "subscribe", "tls"));
    }

    private String listenAddress = DEFAULT_LISTEN_ADDRESS;
    private @Nullable String advertiseAddress;
    private List<String> proxies = List.of();
    private @Nullable List<String> subscribe;
    private int maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES;
    private int maxUnconfirmedMessages = DEFAULT_MAX_UNCONFIRMED_MESSAGES;
    private long maxUnconfirmedBytes = DEFAULT_MAX_UNCONFIRMED_BYTES;
    private FullQueuePolicy fullQueuePolicy = FullQueuePolicy.FAIL_FAST;
    private int maxIncomingMessages = DEFAULT_MAX_INCOMING_MESSAGES;
    private long maxIncomingBytes = DEFAULT_MAX_INCOMING_BYTES;
    private int maxConnections = DEFAULT_MAX_CONNECTIONS;
    private Duration maxReconnectDelay = DEFAULT_MAX_RECONNECT_DELAY;
    private Duration silenceTimeout = DEFAULT_SILENCE_TIMEOUT;
    private Duration resendDelay = DEFAULT_RESEND_DELAY;
    private Duration deadPeerPatience = DEFAULT_DEAD_PEER_PATIENCE;
    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
    private @Nullable MessagingTls tls;

    /** The defaults. */
    public MessagingOptions() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public MessagingOptions(MessagingOptions other) {
        listenAddress = other.listenAddress;
        adopt(other);
    }

    /** Takes over everything but the address listened at. */
    final void adopt(MessagingOptions other) {
        advertiseAddress = other.advertiseAddress;
        proxies = other.proxies;
        subscribe = other.subscribe;
        maxPayloadBytes = other.maxPayloadBytes;
        maxUnconfirmedMessages = other.maxUnconfirmedMessages;
        maxUnconfirmedBytes = other.maxUnconfirmedBytes;
        fullQueuePolicy = other.fullQueuePolicy;
        maxIncomingMessages = other.maxIncomingMessages;
        maxIncomingBytes = other.maxIncomingBytes;
        maxConnections = other.maxConnections;
        maxReconnectDelay = other.maxReconnectDelay;
        silenceTimeout = other.silenceTimeout;
        resendDelay = other.resendDelay;
        deadPeerPatience = other.deadPeerPatience;
        closeTimeout = other.closeTimeout;
        tls = other.tls;
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its default.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public MessagingOptions(JsonObject json) {
        OptionReader reader = new OptionReader(json, NAMES);
        reader.text("listenAddress", this::setListenAddress);
        reader.text("advertiseAddress", this::setAdvertiseAddress);
        reader.texts("proxies", this::setProxies);
        reader.texts("subscribe", this::setSubscribe);
        reader.number("maxPayloadBytes", value -> setMaxPayloadBytes(Math.toIntExact(value)));
        reader.number("maxUnconfirmedMessages", value -> setMaxUnconfirmedMessages(Math.toIntExact(value)));
        reader.number("maxUnconfirmedBytes", this::setMaxUnconfirmedBytes);
        reader.text("fullQueuePolicy", value -> setFullQueuePolicy(FullQueuePolicy.valueOf(value)));
        reader.number("maxIncomingMessages", value -> setMaxIncomingMessages(Math.toIntExact(value)));
        reader.number("maxIncomingBytes", this::setMaxIncomingBytes);
        reader.number("maxConnections", value -> setMaxConnections(Math.toIntExact(value)));
        reader.millis("maxReconnectDelayMillis", this::setMaxReconnectDelay);
        reader.millis("silenceTimeoutMillis", this::setSilenceTimeout);
        reader.millis("resendDelayMillis", this::setResendDelay);
        reader.millis("deadPeerPatienceMillis", this::setDeadPeerPatience);
        reader.millis("closeTimeoutMillis", this::setCloseTimeout);
        reader.object("tls", value -> setTls(new MessagingTls(value)));
    }

    /** {@return the options as JSON} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject().put("listenAddress", listenAddress).put("proxies", new JsonArray(proxies));
        if (advertiseAddress != null) {
            json.put("advertiseAddress", advertiseAddress);
        }
        if (subscribe != null) {
            json.put("subscribe", new JsonArray(subscribe));
        }
        if (tls != null) {
            json.put("tls", tls.toJson());
        }
        return json.put("maxPayloadBytes", maxPayloadBytes)
                .put("maxUnconfirmedMessages", maxUnconfirmedMessages)
                .put("maxUnconfirmedBytes", maxUnconfirmedBytes)
                .put("fullQueuePolicy", fullQueuePolicy.name())
                .put("maxIncomingMessages", maxIncomingMessages)
                .put("maxIncomingBytes", maxIncomingBytes)
                .put("maxConnections", maxConnections)
                .put("maxReconnectDelayMillis", maxReconnectDelay.toMillis())
                .put("silenceTimeoutMillis", silenceTimeout.toMillis())
                .put("resendDelayMillis", resendDelay.toMillis())
                .put("deadPeerPatienceMillis", deadPeerPatience.toMillis())
                .put("closeTimeoutMillis", closeTimeout.toMillis());
    }

    /** {@return where connections are taken, {@code host:port}} */
    public String getListenAddress() {
        return listenAddress;
    }

    /**
     * Sets where connections are taken.
     *
     * @param value {@code host:port} or {@code [IPv6]:port}; port 0 takes any free one
     * @return this
     * @throws IllegalArgumentException if it is no such address
     */
    public MessagingOptions setListenAddress(String value) {
        HostPort.parse("listenAddress", value);
        listenAddress = value;
        return this;
    }

    /** {@return the address that others are told; null: the one listened at} */
    public @Nullable String getAdvertiseAddress() {
        return advertiseAddress;
    }

    /**
     * Sets the address that others are told, for one behind a translation of addresses or with a wildcard to listen at.
     *
     * @param value {@code host:port}; port 0 stands for the one listened at; null: the address listened at
     * @return this
     * @throws IllegalArgumentException if it is no such address
     */
    public MessagingOptions setAdvertiseAddress(@Nullable String value) {
        if (value != null) {
            HostPort.parse("advertiseAddress", value);
        }
        advertiseAddress = value;
        return this;
    }

    /** {@return the proxies that this member talks through, in order of preference} */
    public List<String> getProxies() {
        return proxies;
    }

    /**
     * Sets the proxies that this member talks through, and that others reach it through.
     *
     * @param value addresses {@code host:port}, the preferred one first; empty: talk directly
     * @return this
     * @throws IllegalArgumentException if one is no address
     */
    public MessagingOptions setProxies(List<String> value) {
        parsed("a proxy", value);
        proxies = List.copyOf(value);
        return this;
    }

    /** {@return the only addresses this member connects to; null: those that follow from the cluster} */
    public @Nullable List<String> getSubscribe() {
        return subscribe;
    }

    /**
     * Sets the only addresses that this member connects to, whatever the cluster says. Others are not told.
     *
     * @param value addresses {@code host:port}, the preferred one first; null: what follows from the cluster
     * @return this
     * @throws IllegalArgumentException if one is no address
     */
    public MessagingOptions setSubscribe(@Nullable List<String> value) {
        if (value != null) {
            parsed("an address to subscribe to", value);
        }
        subscribe = value == null ? null : List.copyOf(value);
        return this;
    }

    /** {@return the largest payload, bytes} */
    public int getMaxPayloadBytes() {
        return maxPayloadBytes;
    }

    /**
     * Sets the largest payload. A larger one is refused when sent, and ends the connection when received.
     *
     * @param value bytes, 1 to 2^30
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxPayloadBytes(int value) {
        maxPayloadBytes = (int) inRange("maxPayloadBytes", value, 1, 1 << 30);
        return this;
    }

    /** {@return the most unconfirmed messages to one peer} */
    public int getMaxUnconfirmedMessages() {
        return maxUnconfirmedMessages;
    }

    /**
     * Sets how many unconfirmed messages are kept for one peer.
     *
     * @param value 1 to 65,536
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxUnconfirmedMessages(int value) {
        maxUnconfirmedMessages = (int) inRange("maxUnconfirmedMessages", value, 1, MAX_UNCONFIRMED_MESSAGES);
        return this;
    }

    /** {@return the most bytes of unconfirmed messages to one peer} */
    public long getMaxUnconfirmedBytes() {
        return maxUnconfirmedBytes;
    }

    /**
     * Sets how many bytes of unconfirmed messages are kept for one peer; a single message may be longer.
     *
     * @param value bytes, at least 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxUnconfirmedBytes(long value) {
        maxUnconfirmedBytes = inRange("maxUnconfirmedBytes", value, 1, Long.MAX_VALUE);
        return this;
    }

    /** {@return what happens to a message for a peer with a full queue} */
    public FullQueuePolicy getFullQueuePolicy() {
        return fullQueuePolicy;
    }

    /**
     * Sets what happens to a message for a peer with a full queue.
     *
     * @param value the policy
     * @return this
     */
    public MessagingOptions setFullQueuePolicy(FullQueuePolicy value) {
        fullQueuePolicy = value;
        return this;
    }

    /** {@return the most messages that wait for their reader} */
    public int getMaxIncomingMessages() {
        return maxIncomingMessages;
    }

    /**
     * Sets how many messages may wait for the reader of {@link MessageNode#incoming()}; then nothing more is read from
     * any connection until it has caught up.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxIncomingMessages(int value) {
        maxIncomingMessages = (int) inRange("maxIncomingMessages", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /** {@return the most bytes of messages that wait for their reader} */
    public long getMaxIncomingBytes() {
        return maxIncomingBytes;
    }

    /**
     * Sets how many bytes of messages may wait for their reader.
     *
     * @param value bytes, at least 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxIncomingBytes(long value) {
        maxIncomingBytes = inRange("maxIncomingBytes", value, 1, Long.MAX_VALUE);
        return this;
    }

    /** {@return the most connections taken at a time} */
    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * Sets how many connections are taken at a time; one more is closed at once.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxConnections(int value) {
        maxConnections = (int) inRange("maxConnections", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /** {@return the longest wait between two attempts to connect} */
    public Duration getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    /**
     * Sets the longest wait between two attempts to connect. The first wait is short, each later one twice as long, and
     * each is shortened at random by up to a half.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setMaxReconnectDelay(Duration value) {
        maxReconnectDelay = inRange("maxReconnectDelay", value);
        return this;
    }

    /** {@return the silence after which a connection counts as broken} */
    public Duration getSilenceTimeout() {
        return silenceTimeout;
    }

    /**
     * Sets the silence after which a connection counts as broken. Each side says that it is alive three times as often,
     * also while it reads nothing. All members should have the same value.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setSilenceTimeout(Duration value) {
        silenceTimeout = inRange("silenceTimeout", value);
        return this;
    }

    /** {@return the time after which a message is sent through a proxy once more} */
    public Duration getResendDelay() {
        return resendDelay;
    }

    /**
     * Sets the time after which a message that nobody confirmed is sent through a proxy once more: what a proxy loses,
     * its sender cannot see.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setResendDelay(Duration value) {
        resendDelay = inRange("resendDelay", value);
        return this;
    }

    /** {@return the time that messages to a dead peer are kept} */
    public Duration getDeadPeerPatience() {
        return deadPeerPatience;
    }

    /**
     * Sets how long messages to a dead peer are kept in case it comes back. For one that left, was removed or was started
     * anew they are given up at once.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setDeadPeerPatience(Duration value) {
        deadPeerPatience = inRange("deadPeerPatience", value);
        return this;
    }

    /** {@return the time that closing waits for confirmations} */
    public Duration getCloseTimeout() {
        return closeTimeout;
    }

    /**
     * Sets how long closing waits for confirmations.
     *
     * @param value 1 ms to 1 h
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public MessagingOptions setCloseTimeout(Duration value) {
        closeTimeout = inRange("closeTimeout", value);
        return this;
    }

    /** {@return keys and certificates; null: clear text} */
    public @Nullable MessagingTls getTls() {
        return tls;
    }

    /**
     * Sets keys and certificates for mutual TLS.
     *
     * @param value the files; null: clear text
     * @return this
     */
    public MessagingOptions setTls(@Nullable MessagingTls value) {
        tls = value;
        return this;
    }

    /** The longest frame that a peer may send, without its length. */
    int maxFrameBytes() {
        return maxPayloadBytes + FrameCodec.MAX_OVERHEAD;
    }

    HostPort listenHostPort() {
        return HostPort.parse("listenAddress", listenAddress);
    }

    List<HostPort> proxyAddresses() {
        return parsed("a proxy", proxies);
    }

    /** The proxies to talk through: those it was told to subscribe to, else those it names. */
    List<HostPort> ownProxies() {
        return subscribe != null ? parsed("an address to subscribe to", subscribe) : proxyAddresses();
    }

    private static List<HostPort> parsed(String what, List<String> texts) {
        return texts.stream().map(text -> HostPort.parse(what, text)).toList();
    }

    private static long inRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
        return value;
    }

    /**
     * {@return whether all options are the same now: not for a key of a map while they may change}
     *
     * @param other what to compare with
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessagingOptions that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    private static Duration inRange(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(name + " must be between 1 ms and 1 h, was " + value);
        }
        return value;
    }
}
