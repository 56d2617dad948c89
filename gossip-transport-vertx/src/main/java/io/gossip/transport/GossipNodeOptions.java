/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.engine.Profile;
import io.gossip.core.engine.ProtocolChoice;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.wire.ProtocolVersion;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How one node takes part in its cluster. In JSON every option has the name of its property; times are milliseconds,
 * addresses {@code host:port}, and an unknown name is refused.
 *
 * <p><b>Threads:</b> confined; {@link GossipNode#start} takes a copy.
 */
// Long only because it is a list: two short methods for each option. The rules stand in OptionRules and OptionsJson.
public class GossipNodeOptions {
    private static final int MAX_ID_BYTES = 1_024;

    /** Where to listen unless told otherwise: {@code 127.0.0.1:10000}. */
    public static final String DEFAULT_LISTEN_ADDRESS = "127.0.0.1:10000";

    /** Version in which handshakes are opened unless told otherwise. */
    public static final ProtocolChoice DEFAULT_PROTOCOL_VERSION = ProtocolChoice.V0;

    /** Which peers the cluster may hold unless told otherwise. */
    public static final Profile DEFAULT_PROFILE = Profile.INTEROP;

    /** Default: the cluster to be in; members with another id are refused. */
    public static final String DEFAULT_CLUSTER_ID = "default-cluster";

    /** Default: time between two rounds, ms. */
    public static final long DEFAULT_GOSSIP_INTERVAL_MILLIS = 1_000;

    /** Default: suspicion above which a member counts as dead, unitless, above 0 and at most 1,000. */
    public static final double DEFAULT_PHI_THRESHOLD = 8.0;

    /** Default: heartbeat gaps remembered per member. */
    public static final int DEFAULT_SAMPLING_WINDOW = 1_000;

    /** Default: longer heartbeat gaps are not recorded, ms. */
    public static final long DEFAULT_MAX_INTERVAL_MILLIS = 10_000;

    /** Default: the heartbeat gap assumed before any was seen, ms. */
    public static final long DEFAULT_INITIAL_INTERVAL_MILLIS = 5_000;

    /** Default: how long dead members are listed, ms; after half of it they are no longer gossiped on. */
    public static final long DEFAULT_DEAD_NODE_GRACE_MILLIS = 86_400_000L;

    /** Default: how long tombstones are kept, ms. */
    public static final long DEFAULT_TOMBSTONE_GRACE_MILLIS = 600_000;

    /** Default: live members gossiped with in each round. */
    public static final int DEFAULT_FANOUT = 3;

    /** Default: what the failure detector makes of its own condition. */
    public static final DetectorRule DEFAULT_DETECTOR = DetectorSettings.DEFAULT_RULE;

    /** Default: most members listed, this node included. */
    public static final int DEFAULT_MAX_MEMBERS = 10_000;

    /** Default: identities remembered after their removal. */
    public static final int DEFAULT_DEAD_NODE_MEMORY = 5_000;

    /** Default: most bytes of key and value together that this node accepts to write. */
    public static final int DEFAULT_MAX_ENTRY_BYTES = 32_768;

    /** Default: most bytes that one compressed stream of a message may expand to; less on a heap below 512 MiB. */
    public static final int DEFAULT_MAX_STREAM_BYTES = 16_777_216;

    /** Default: most bytes held of all members, keys, values and 128 bytes per entry; less on a heap below 4 GiB. */
    public static final long DEFAULT_MAX_STATE_BYTES = 1_073_741_824L;

    /** Default: most bytes of a datagram that this node sends. */
    public static final int DEFAULT_MAX_DATAGRAM_BYTES = 65_507;

    /** Default: bytes per second for large answers to addresses that are not those of live members; 0 means no limit. */
    public static final long DEFAULT_REPLY_LIMIT_BYTES = 1_048_576;

    /**
     * Default: bytes of the UDP receive buffer, used by whoever makes the {@link UdpTransport}; 262,144 on a heap up to
     * 512 MiB.
     */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = UdpTransport.DEFAULT_RECEIVE_BUFFER_BYTES;

    /** Default: whether SYN-ACK and ACK are taken only from addresses asked lately. */
    public static final boolean DEFAULT_SOLICITED_ANSWERS_ONLY = false;

    /** Default: time between two look-ups of the host names among the seed nodes, ms. */
    public static final long DEFAULT_SEED_REFRESH_MILLIS = 60_000;

    private @Nullable String nodeId;
    private @Nullable Long generation;
    private String listenAddress = DEFAULT_LISTEN_ADDRESS;
    private @Nullable String advertiseAddress;
    private List<String> seedNodes = List.of();
    private ProtocolChoice protocolVersion = DEFAULT_PROTOCOL_VERSION;
    private Profile profile = DEFAULT_PROFILE;
    private @Nullable Long randomSeed;
    private @Nullable Predicate<NodeSnapshot> livenessPredicate;
    private String clusterId = DEFAULT_CLUSTER_ID;
    private long gossipIntervalMillis = DEFAULT_GOSSIP_INTERVAL_MILLIS;
    private DetectorRule detector = DEFAULT_DETECTOR;
    private double phiThreshold = DEFAULT_PHI_THRESHOLD;
    private int samplingWindow = DEFAULT_SAMPLING_WINDOW;
    private long maxIntervalMillis = DEFAULT_MAX_INTERVAL_MILLIS;
    private long initialIntervalMillis = DEFAULT_INITIAL_INTERVAL_MILLIS;
    private long deadNodeGraceMillis = DEFAULT_DEAD_NODE_GRACE_MILLIS;
    private long tombstoneGraceMillis = DEFAULT_TOMBSTONE_GRACE_MILLIS;
    private int fanout = DEFAULT_FANOUT;
    private int maxMembers = DEFAULT_MAX_MEMBERS;
    private int deadNodeMemory = DEFAULT_DEAD_NODE_MEMORY;
    private int maxEntryBytes = DEFAULT_MAX_ENTRY_BYTES;
    private @Nullable Integer maxStreamBytes;
    private @Nullable Long maxStateBytes;
    private int maxDatagramBytes = DEFAULT_MAX_DATAGRAM_BYTES;
    private long replyLimitBytes = DEFAULT_REPLY_LIMIT_BYTES;
    private int receiveBufferBytes =
            HeapShare.receiveBufferBytes(Runtime.getRuntime().maxMemory());
    private boolean solicitedAnswersOnly = DEFAULT_SOLICITED_ANSWERS_ONLY;
    private long seedRefreshMillis = DEFAULT_SEED_REFRESH_MILLIS;

    /** The defaults. */
    public GossipNodeOptions() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public GossipNodeOptions(GossipNodeOptions other) {
        this(other.toJson());
        livenessPredicate = other.livenessPredicate;
    }

    /**
     * The defaults with what a JSON object says.
     *
     * @param json option names and values; see the table in the README for names, types and bounds
     * @throws IllegalArgumentException naming the option, for an unknown name, a wrong type or a value out of bounds
     */
    public GossipNodeOptions(JsonObject json) {
        OptionsJson.read(json, this);
    }

    /** {@return the names that JSON may use, in the order of the documentation} */
    public static Set<String> jsonNames() {
        return OptionsJson.names();
    }

    /** {@return all options that have a value, as the JSON constructor reads them} */
    public JsonObject toJson() {
        return OptionsJson.write(this);
    }

    /** {@return identifier of the member; null: a readable, unique one is generated} */
    public @Nullable String getNodeId() {
        return nodeId;
    }

    /**
     * Sets the identifier of the member.
     *
     * @param value ASCII without control characters, 1 to 1,024 characters; null to have one generated
     * @return this
     * @throws IllegalArgumentException for anything else
     */
    public GossipNodeOptions setNodeId(@Nullable String value) {
        if (value != null) {
            OptionRules.require(
                    !value.isEmpty()
                            && value.length() <= MAX_ID_BYTES
                            && value.chars().allMatch(c -> c >= ' ' && c < 127),
                    "nodeId must be 1 to 1024 ASCII characters, none of them a control character, was '" + value + "'");
        }
        nodeId = value;
        return this;
    }

    /** {@return number that grows at each restart, unsigned; null: the wall clock's milliseconds at start} */
    public @Nullable Long getGeneration() {
        return generation;
    }

    /**
     * Sets the generation.
     *
     * @param value unsigned number that grows at each restart; null for the time of the start
     * @return this
     */
    public GossipNodeOptions setGeneration(@Nullable Long value) {
        generation = value;
        return this;
    }

    /** {@return where to listen, {@code host:port}; port 0 for any free one} */
    public String getListenAddress() {
        return listenAddress;
    }

    /**
     * Sets where to listen.
     *
     * @param value {@code 1.2.3.4:port}, {@code [ipv6]:port} or {@code name:port}; port 0 for any free one
     * @return this
     * @throws IllegalArgumentException if it is none of these
     */
    public GossipNodeOptions setListenAddress(String value) {
        HostPort.parse("listenAddress", value);
        listenAddress = value;
        return this;
    }

    /** {@return what other members use to reach this one, {@code host:port}; null: the address it listens on} */
    public @Nullable String getAdvertiseAddress() {
        return advertiseAddress;
    }

    /**
     * Sets what other members use to reach this one.
     *
     * @param value {@code 1.2.3.4:port}, {@code [ipv6]:port} or {@code name:port}; port 0 for the one it listens on;
     *     null for the address it listens on
     * @return this
     * @throws IllegalArgumentException if it is none of these
     */
    public GossipNodeOptions setAdvertiseAddress(@Nullable String value) {
        if (value != null) {
            HostPort.parse("advertiseAddress", value);
        }
        advertiseAddress = value;
        return this;
    }

    /** {@return first contacts, {@code host:port}, in the order given} */
    public List<String> getSeedNodes() {
        return seedNodes;
    }

    /**
     * Sets the first contacts. A host name stands for all its addresses and is looked up again and again.
     *
     * @param value each {@code 1.2.3.4:port}, {@code [ipv6]:port} or {@code name:port}; copied
     * @return this
     * @throws IllegalArgumentException naming the one that is none of these
     */
    public GossipNodeOptions setSeedNodes(List<String> value) {
        value.forEach(OptionRules::requireSeedNode);
        seedNodes = List.copyOf(value);
        return this;
    }

    /**
     * Adds a first contact.
     *
     * @param value {@code 1.2.3.4:port}, {@code [ipv6]:port} or {@code name:port}
     * @return this
     * @throws IllegalArgumentException if it is none of these
     */
    public GossipNodeOptions addSeedNode(String value) {
        List<String> more = new ArrayList<>(seedNodes);
        more.add(value);
        return setSeedNodes(more);
    }

    /** {@return in which version handshakes are opened; answers echo the peer's} */
    public ProtocolChoice getProtocolVersion() {
        return protocolVersion;
    }

    /**
     * Sets the version in which handshakes are opened.
     *
     * @param value the version
     * @return this
     */
    public GossipNodeOptions setProtocolVersion(ProtocolVersion value) {
        return setProtocolVersion(ProtocolChoice.always(value));
    }

    /**
     * Sets how the version in which handshakes are opened is chosen.
     *
     * @param value the choice; in JSON {@code v0}, {@code v1} or {@code auto}
     * @return this
     */
    public GossipNodeOptions setProtocolVersion(ProtocolChoice value) {
        protocolVersion = Objects.requireNonNull(value);
        return this;
    }

    /** {@return which peers the cluster may hold} */
    public Profile getProfile() {
        return profile;
    }

    /**
     * Sets which peers the cluster may hold.
     *
     * @param value the profile; in JSON {@code interop} or {@code jvm}
     * @return this
     */
    public GossipNodeOptions setProfile(Profile value) {
        profile = Objects.requireNonNull(value);
        return this;
    }

    /** {@return start value of the random generator; null: one from the system} */
    public @Nullable Long getRandomSeed() {
        return randomSeed;
    }

    /**
     * Sets the start value of the random generator; for tests.
     *
     * @param value any number; null for one from the system
     * @return this
     */
    public GossipNodeOptions setRandomSeed(@Nullable Long value) {
        randomSeed = value;
        return this;
    }

    /** {@return the extra condition for a live node to be handed to the live nodes handler; null for none} */
    public @Nullable Predicate<NodeSnapshot> getLivenessPredicate() {
        return livenessPredicate;
    }

    /**
     * Sets the extra condition for a live node to be handed to {@link GossipNode#liveNodesHandler}. It is called on the
     * node's context and has no JSON form.
     *
     * @param value a function of the node state alone; null for none
     * @return this
     */
    public GossipNodeOptions setLivenessPredicate(@Nullable Predicate<NodeSnapshot> value) {
        livenessPredicate = value;
        return this;
    }

    /** {@return the cluster to be in; members with another id are refused} */
    public String getClusterId() {
        return clusterId;
    }

    /**
     * Sets the cluster to be in.
     *
     * @param value at most 1,024 bytes of UTF-8, compared byte for byte
     * @return this
     * @throws IllegalArgumentException if it is longer or not well-formed text
     */
    public GossipNodeOptions setClusterId(String value) {
        OptionRules.require(
                Utf8.isWellFormed(value) && Utf8.length(value) <= MAX_ID_BYTES,
                "clusterId must be well-formed text of at most 1024 bytes of UTF-8");
        clusterId = value;
        return this;
    }

    /** {@return time between two rounds, ms} */
    public long getGossipIntervalMillis() {
        return gossipIntervalMillis;
    }

    /**
     * Sets time between two rounds.
     *
     * @param value 1 to 3,600,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setGossipIntervalMillis(long value) {
        gossipIntervalMillis = OptionRules.between("gossipIntervalMillis", value, 1, 3_600_000);
        return this;
    }

    /** {@return what the failure detector makes of its own condition} */
    public DetectorRule getDetector() {
        return detector;
    }

    /**
     * Sets what the failure detector makes of its own condition.
     *
     * @param value the rule; in JSON {@code self-doubting} or {@code reference}
     * @return this
     */
    public GossipNodeOptions setDetector(DetectorRule value) {
        detector = Objects.requireNonNull(value);
        return this;
    }

    /** {@return suspicion above which a member counts as dead, unitless, above 0 and at most 1,000} */
    public double getPhiThreshold() {
        return phiThreshold;
    }

    /**
     * Sets suspicion above which a member counts as dead.
     *
     * @param value above 0, at most 1,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setPhiThreshold(double value) {
        OptionRules.require(value > 0 && value <= 1_000, "phiThreshold must be above 0 and at most 1000, was " + value);
        phiThreshold = value;
        return this;
    }

    /** {@return heartbeat gaps remembered per member} */
    public int getSamplingWindow() {
        return samplingWindow;
    }

    /**
     * Sets heartbeat gaps remembered per member.
     *
     * @param value 1 to 100,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setSamplingWindow(int value) {
        samplingWindow = OptionRules.between("samplingWindow", value, 1, 100_000);
        return this;
    }

    /** {@return longer heartbeat gaps are not recorded, ms} */
    public long getMaxIntervalMillis() {
        return maxIntervalMillis;
    }

    /**
     * Sets longer heartbeat gaps are not recorded.
     *
     * @param value 1 to 1,800,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxIntervalMillis(long value) {
        maxIntervalMillis = OptionRules.between("maxIntervalMillis", value, 1, 1_800_000);
        return this;
    }

    /** {@return the heartbeat gap assumed before any was seen, ms} */
    public long getInitialIntervalMillis() {
        return initialIntervalMillis;
    }

    /**
     * Sets the heartbeat gap assumed before any was seen.
     *
     * @param value 1 to 1,800,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setInitialIntervalMillis(long value) {
        initialIntervalMillis = OptionRules.between("initialIntervalMillis", value, 1, 1_800_000);
        return this;
    }

    /** {@return how long dead members are listed, ms; after half of it they are no longer gossiped on} */
    public long getDeadNodeGraceMillis() {
        return deadNodeGraceMillis;
    }

    /**
     * Sets how long dead members are listed.
     *
     * @param value 1 to 31,536,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setDeadNodeGraceMillis(long value) {
        deadNodeGraceMillis = OptionRules.between("deadNodeGraceMillis", value, 1, 31_536_000_000L);
        return this;
    }

    /** {@return how long tombstones are kept, ms} */
    public long getTombstoneGraceMillis() {
        return tombstoneGraceMillis;
    }

    /**
     * Sets how long tombstones are kept.
     *
     * @param value 1 to 31,536,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setTombstoneGraceMillis(long value) {
        tombstoneGraceMillis = OptionRules.between("tombstoneGraceMillis", value, 1, 31_536_000_000L);
        return this;
    }

    /** {@return live members gossiped with in each round} */
    public int getFanout() {
        return fanout;
    }

    /**
     * Sets live members gossiped with in each round.
     *
     * @param value 1 to 64
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setFanout(int value) {
        fanout = OptionRules.between("fanout", value, 1, 64);
        return this;
    }

    /** {@return most members listed, this node included} */
    public int getMaxMembers() {
        return maxMembers;
    }

    /**
     * Sets most members listed.
     *
     * @param value 1 to 1,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxMembers(int value) {
        maxMembers = OptionRules.between("maxMembers", value, 1, 1_000_000);
        return this;
    }

    /** {@return identities remembered after their removal} */
    public int getDeadNodeMemory() {
        return deadNodeMemory;
    }

    /**
     * Sets identities remembered after their removal.
     *
     * @param value 0 to 1,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setDeadNodeMemory(int value) {
        deadNodeMemory = OptionRules.between("deadNodeMemory", value, 0, 1_000_000);
        return this;
    }

    /** {@return most bytes of key and value together that this node accepts to write} */
    public int getMaxEntryBytes() {
        return maxEntryBytes;
    }

    /**
     * Sets most bytes of key and value together that this node accepts to write.
     *
     * @param value 1 to 60,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxEntryBytes(int value) {
        maxEntryBytes = OptionRules.between("maxEntryBytes", value, 1, 60_000);
        return this;
    }

    /** {@return most bytes that one compressed stream of a message may expand to; null: what suits the heap at the start} */
    public @Nullable Integer getMaxStreamBytes() {
        return maxStreamBytes;
    }

    /**
     * Sets most bytes that one compressed stream of a message may expand to; unless set, a 32nd of the largest heap
     * of the JVM that starts the node, at most {@link #DEFAULT_MAX_STREAM_BYTES}.
     *
     * @param value 65,535 to 1,073,741,824; null for what suits the heap
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxStreamBytes(@Nullable Integer value) {
        maxStreamBytes = value == null
                ? null
                : Integer.valueOf(OptionRules.between(
                        "maxStreamBytes", value.intValue(), OptionRules.LEAST_STREAM_BYTES, 1_073_741_824));
        return this;
    }

    /**
     * {@return most bytes held of all members together: keys, values and 128 bytes per entry; null: what suits the heap at
     * the start}
     */
    public @Nullable Long getMaxStateBytes() {
        return maxStateBytes;
    }

    /**
     * Sets most bytes held of all members together: keys, values and 128 bytes per entry. Unless set, a quarter of the
     * largest heap of the JVM that starts the node, at most {@link #DEFAULT_MAX_STATE_BYTES}.
     *
     * @param value 1,048,576 to 1,099,511,627,776; null for what suits the heap
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxStateBytes(@Nullable Long value) {
        maxStateBytes = value == null
                ? null
                : Long.valueOf(OptionRules.between(
                        "maxStateBytes", value.longValue(), OptionRules.LEAST_STATE_BYTES, 1_099_511_627_776L));
        return this;
    }

    /** {@return most bytes of a datagram that this node sends} */
    public int getMaxDatagramBytes() {
        return maxDatagramBytes;
    }

    /**
     * Sets most bytes of a datagram that this node sends.
     *
     * @param value 512 to 65,507
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setMaxDatagramBytes(int value) {
        maxDatagramBytes = OptionRules.between("maxDatagramBytes", value, 512, 65_507);
        return this;
    }

    /** {@return bytes per second for large answers to addresses that are not those of live members; 0 means no limit} */
    public long getReplyLimitBytes() {
        return replyLimitBytes;
    }

    /**
     * Sets bytes per second for large answers to addresses that are not those of live members.
     *
     * @param value 0 to 1,099,511,627,776
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setReplyLimitBytes(long value) {
        replyLimitBytes = OptionRules.between("replyLimitBytes", value, 0, 1_099_511_627_776L);
        return this;
    }

    /** {@return bytes of the UDP receive buffer, used by whoever makes the {@link UdpTransport}} */
    public int getReceiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Sets bytes of the UDP receive buffer. Vert.x makes one number of the kernel's queue and of the buffer for each
     * datagram read, and on a heap up to 512 MiB Netty keeps no buffer above 262,144 bytes for the next one: more makes
     * longer bursts fit the queue, and each datagram ten times as expensive.
     *
     * @param value 65,507 to 67,108,864
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setReceiveBufferBytes(int value) {
        receiveBufferBytes = OptionRules.between("receiveBufferBytes", value, 65_507, 67_108_864);
        return this;
    }

    /** {@return whether SYN-ACK and ACK are taken only from addresses asked lately} */
    public boolean isSolicitedAnswersOnly() {
        return solicitedAnswersOnly;
    }

    /**
     * Sets whether SYN-ACK and ACK are taken only from addresses asked lately.
     *
     * @param value true or false
     * @return this
     */
    public GossipNodeOptions setSolicitedAnswersOnly(boolean value) {
        solicitedAnswersOnly = value;
        return this;
    }

    /** {@return time between two look-ups of the host names among the seed nodes, ms} */
    public long getSeedRefreshMillis() {
        return seedRefreshMillis;
    }

    /**
     * Sets time between two look-ups of the host names among the seed nodes.
     *
     * @param value 1 to 86,400,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public GossipNodeOptions setSeedRefreshMillis(long value) {
        seedRefreshMillis = OptionRules.between("seedRefreshMillis", value, 1, 86_400_000);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GossipNodeOptions that
                && toJson().equals(that.toJson())
                && Objects.equals(livenessPredicate, that.livenessPredicate);
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    /** {@return the JSON form} */
    @Override
    public String toString() {
        return toJson().encode();
    }
}
