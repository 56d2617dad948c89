/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.SharedInstances;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How one node takes part: who it is, its rhythm, its detector and its limits. Built by {@link #builder}; every value
 * is checked there, so that no setting can fail at run time.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class GossipConfig {
    private final Builder settings;

    private GossipConfig(Builder settings) {
        this.settings = settings;
    }

    /**
     * Starts from the defaults.
     *
     * @param self this node's identity
     * @param clusterId the cluster it belongs to, compared byte for byte
     * @return a builder
     */
    public static Builder builder(NodeIdentity self, String clusterId) {
        return new Builder(self, clusterId);
    }

    /** {@return a builder that starts from these settings} */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * Checks that a running engine can go over to another configuration: identity, cluster id, profile, max datagram
     * bytes, solicited answers only, liveness predicate and shared instances are for life.
     *
     * @param wanted the other configuration
     * @throws IllegalArgumentException naming the first setting that differs
     */
    public void requireSameForLife(GossipConfig wanted) {
        requireSame("self", self(), wanted.self());
        requireSame("cluster id", clusterId(), wanted.clusterId());
        requireSame("profile", profile(), wanted.profile());
        requireSame("max datagram bytes", maxDatagramBytes(), wanted.maxDatagramBytes());
        requireSame("solicited answers only", solicitedAnswersOnly(), wanted.solicitedAnswersOnly());
        requireSame("liveness predicate", livenessPredicate(), wanted.livenessPredicate());
        requireSame("shared instances", sharedInstances(), wanted.sharedInstances());
    }

    /**
     * Checks that a node of this configuration may set one of its keys.
     *
     * @param key the key
     * @param value its value
     * @throws RefusedWriteException if it must not
     */
    public void requireWritable(String key, String value) {
        WriteRules rules = new WriteRules(this);
        rules.checkUserKey(key);
        rules.checkEntry(key, value);
    }

    private static void requireSame(String name, @Nullable Object now, @Nullable Object wanted) {
        if (!Objects.equals(now, wanted)) {
            throw new IllegalArgumentException(
                    name + " cannot change while the engine runs: is " + now + ", wanted is " + wanted);
        }
    }

    /** {@return this node's identity} */
    public NodeIdentity self() {
        return settings.self;
    }

    /** {@return the cluster this node belongs to} */
    public String clusterId() {
        return settings.clusterId;
    }

    /** {@return in which version this node opens handshakes; answers echo the peer's} */
    public ProtocolChoice protocolVersion() {
        return settings.protocolVersion;
    }

    /** {@return which peers the cluster may hold} */
    public Profile profile() {
        return settings.profile;
    }

    /** {@return time between two rounds} */
    public Duration gossipInterval() {
        return settings.gossipInterval;
    }

    /** {@return live members gossiped with in each round} */
    public int fanout() {
        return settings.fanout;
    }

    /** {@return settings of the failure detector} */
    public DetectorSettings detector() {
        return settings.detector;
    }

    /** {@return how long tombstones and values with a time to live are kept} */
    public Duration tombstoneGrace() {
        return settings.tombstoneGrace;
    }

    /** {@return how long dead members are listed; after half of it they are no longer gossiped on} */
    public Duration deadNodeGrace() {
        return settings.deadNodeGrace;
    }

    /** {@return shortest time between two collections of our own tombstones (W26)} */
    public Duration ownCollectionInterval() {
        Duration most = Duration.ofSeconds(60);
        return settings.tombstoneGrace.compareTo(most) < 0 ? settings.tombstoneGrace : most;
    }

    /** {@return most members listed, this node included} */
    public int maxMembers() {
        return settings.maxMembers;
    }

    /** {@return most bytes of key and value together that this node accepts to write} */
    public int maxEntryBytes() {
        return settings.maxEntryBytes;
    }

    /** {@return most bytes that one compressed stream of a message may expand to} */
    public int maxStreamBytes() {
        return settings.maxStreamBytes;
    }

    /** {@return most bytes held of all members together: keys, values and 128 bytes per entry} */
    public long maxStateBytes() {
        return settings.maxStateBytes;
    }

    /** {@return most bytes of a datagram that this node sends} */
    public int maxDatagramBytes() {
        return settings.maxDatagramBytes;
    }

    /** {@return bytes per second for large answers to strangers; 0 means no limit} */
    public long replyLimitBytes() {
        return settings.replyLimitBytes;
    }

    /** {@return identities remembered after their removal} */
    public int deadNodeMemory() {
        return settings.deadNodeMemory;
    }

    /** {@return whether SYN-ACK and ACK are taken only from addresses that were sent a SYN or SYN-ACK lately (W17)} */
    public boolean solicitedAnswersOnly() {
        return settings.solicitedAnswersOnly;
    }

    /** {@return the extra condition for a live node to be published; null for none (semantics §12)} */
    public @Nullable Predicate<NodeSnapshot> livenessPredicate() {
        return settings.livenessPredicate;
    }

    /** {@return where to look for instances that other nodes of this JVM keep already; null if it is alone} */
    public @Nullable SharedInstances sharedInstances() {
        return settings.sharedInstances;
    }

    /** Collects settings. <b>Threads:</b> confined. */
    public static final class Builder {
        private final NodeIdentity self;
        private final String clusterId;
        private ProtocolChoice protocolVersion = ProtocolChoice.V0;
        private Profile profile = Profile.INTEROP;
        private Duration gossipInterval = Duration.ofSeconds(1);
        private int fanout = 3;
        private DetectorSettings detector = DetectorSettings.DEFAULT;
        private Duration tombstoneGrace = Duration.ofMinutes(10);
        private Duration deadNodeGrace = Duration.ofHours(24);
        private int maxMembers = 10_000;
        private int maxEntryBytes = 32_768;
        private int maxStreamBytes = 16 * 1024 * 1024;
        private long maxStateBytes = 1L << 30;
        private int maxDatagramBytes = 65_507;
        private long replyLimitBytes = 1024 * 1024;
        private int deadNodeMemory = 5_000;
        private boolean solicitedAnswersOnly;
        private @Nullable Predicate<NodeSnapshot> livenessPredicate;
        private @Nullable SharedInstances sharedInstances;

        private Builder(NodeIdentity self, String clusterId) {
            this.self = self;
            this.clusterId = clusterId;
            require(Utf8.isWellFormed(clusterId), "cluster id holds an unpaired surrogate");
            require(Utf8.length(clusterId) <= 1_024, "cluster id must be at most 1024 bytes of UTF-8");
            require(Utf8.length(self.nodeId()) <= 1_024, "node id must be at most 1024 bytes of UTF-8");
            require(!self.gossipAddress().isWildcard(), "advertised address must not be a wildcard: " + self);
            require(!self.gossipAddress().isGroup(), "advertised address must be that of one member: " + self);
        }

        private Builder(Builder from) {
            this(from.self, from.clusterId);
            protocolVersion = from.protocolVersion;
            profile = from.profile;
            gossipInterval = from.gossipInterval;
            fanout = from.fanout;
            detector = from.detector;
            tombstoneGrace = from.tombstoneGrace;
            deadNodeGrace = from.deadNodeGrace;
            maxMembers = from.maxMembers;
            maxEntryBytes = from.maxEntryBytes;
            maxStreamBytes = from.maxStreamBytes;
            maxStateBytes = from.maxStateBytes;
            maxDatagramBytes = from.maxDatagramBytes;
            replyLimitBytes = from.replyLimitBytes;
            deadNodeMemory = from.deadNodeMemory;
            solicitedAnswersOnly = from.solicitedAnswersOnly;
            livenessPredicate = from.livenessPredicate;
            sharedInstances = from.sharedInstances;
        }

        /**
         * Version in which this node opens handshakes; default V0.
         *
         * @param value the setting
         * @return this
         */
        public Builder protocolVersion(ProtocolVersion value) {
            return protocolVersion(ProtocolChoice.always(value));
        }

        /**
         * How the version in which this node opens handshakes is chosen; default V0.
         *
         * @param value the setting
         * @return this
         */
        public Builder protocolVersion(ProtocolChoice value) {
            protocolVersion = value;
            return this;
        }

        /**
         * Which peers the cluster may hold; default {@link Profile#INTEROP}.
         *
         * @param value the setting
         * @return this
         */
        public Builder profile(Profile value) {
            profile = value;
            return this;
        }

        /**
         * Time between two rounds, 1 ms to 1 h; default 1 s.
         *
         * @param value the setting
         * @return this
         */
        public Builder gossipInterval(Duration value) {
            gossipInterval = between("gossip interval", value, Duration.ofMillis(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Live members gossiped with in each round, 1 to 64; default 3.
         *
         * @param value the setting
         * @return this
         */
        public Builder fanout(int value) {
            fanout = (int) between("fanout", value, 1, 64);
            return this;
        }

        /**
         * Settings of the failure detector.
         *
         * @param value the setting
         * @return this
         */
        public Builder detector(DetectorSettings value) {
            detector = value;
            return this;
        }

        /**
         * How long tombstones are kept, 1 ms to 365 days; default 10 min.
         *
         * @param value the setting
         * @return this
         */
        public Builder tombstoneGrace(Duration value) {
            tombstoneGrace = between("tombstone grace period", value, Duration.ofMillis(1), Duration.ofDays(365));
            return this;
        }

        /**
         * How long dead members are listed, 1 ms to 365 days; default 24 h.
         *
         * @param value the setting
         * @return this
         */
        public Builder deadNodeGrace(Duration value) {
            deadNodeGrace = between("dead node grace period", value, Duration.ofMillis(1), Duration.ofDays(365));
            return this;
        }

        /**
         * Most members listed, 1 to 1,000,000; default 10,000.
         *
         * @param value the setting
         * @return this
         */
        public Builder maxMembers(int value) {
            maxMembers = (int) between("max members", value, 1, 1_000_000);
            return this;
        }

        /**
         * Most bytes of key and value that this node accepts to write, 1 to 60,000; default 32,768.
         *
         * @param value the setting
         * @return this
         */
        public Builder maxEntryBytes(int value) {
            maxEntryBytes = (int) between("max entry bytes", value, 1, 60_000);
            return this;
        }

        /**
         * Most bytes one stream may expand to, 65,535 to 1 GiB; default 16 MiB.
         *
         * @param value the setting
         * @return this
         */
        public Builder maxStreamBytes(int value) {
            maxStreamBytes = (int) between("max stream bytes", value, 65_535, 1 << 30);
            return this;
        }

        /**
         * Most bytes held of all members: keys, values and 128 per entry, 1 MiB to 1 TiB; default 1 GiB.
         *
         * @param value the setting
         * @return this
         */
        public Builder maxStateBytes(long value) {
            maxStateBytes = between("max state bytes", value, 1L << 20, 1L << 40);
            return this;
        }

        /**
         * Most bytes of a datagram sent, 512 to 65,507; default 65,507.
         *
         * @param value the setting
         * @return this
         */
        public Builder maxDatagramBytes(int value) {
            maxDatagramBytes = (int) between("max datagram bytes", value, 512, 65_507);
            return this;
        }

        /**
         * Bytes per second for large answers to strangers, 0 = no limit; default 1 MiB.
         *
         * @param value the setting
         * @return this
         */
        public Builder replyLimitBytes(long value) {
            replyLimitBytes = between("reply limit", value, 0, 1L << 40);
            return this;
        }

        /**
         * Identities remembered after their removal, 0 to 1,000,000; default 5,000.
         *
         * @param value the setting
         * @return this
         */
        public Builder deadNodeMemory(int value) {
            deadNodeMemory = (int) between("dead node memory", value, 0, 1_000_000);
            return this;
        }

        /**
         * Whether answers are taken only from addresses asked lately; default false.
         *
         * @param value the setting
         * @return this
         */
        public Builder solicitedAnswersOnly(boolean value) {
            solicitedAnswersOnly = value;
            return this;
        }

        /**
         * Extra condition for a live node to be published; null for none.
         *
         * @param value the setting
         * @return this
         */
        public Builder livenessPredicate(@Nullable Predicate<NodeSnapshot> value) {
            livenessPredicate = value;
            return this;
        }

        /**
         * Where to look for instances that other nodes of this JVM keep already: give them all the same one. Default:
         * null, for none but its own.
         *
         * @param value the setting
         * @return this
         */
        public Builder sharedInstances(@Nullable SharedInstances value) {
            sharedInstances = value;
            return this;
        }

        /** {@return the configuration} */
        public GossipConfig build() {
            int needed = 2 * self.wireLength() + Utf8.length(clusterId) + 128;
            require(
                    maxDatagramBytes >= needed,
                    "max datagram bytes must be at least " + needed + " with this node id and cluster id, was "
                            + maxDatagramBytes);
            return new GossipConfig(new Builder(this));
        }

        private static Duration between(String name, Duration value, Duration least, Duration most) {
            require(
                    value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                    name + " must be between " + least + " and " + most + ", was " + value);
            return value;
        }

        private static long between(String name, long value, long least, long most) {
            require(
                    value >= least && value <= most,
                    name + " must be between " + least + " and " + most + ", was " + value);
            return value;
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
