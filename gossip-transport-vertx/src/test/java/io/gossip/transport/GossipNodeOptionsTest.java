/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Profile;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GossipNodeOptionsTest {
    /** For each name a value that is not the default. */
    private static final JsonObject UNUSUAL = new JsonObject()
            .put("nodeId", "n-1")
            .put("generation", 7L)
            .put("clusterId", "other")
            .put("listenAddress", "[::1]:11000")
            .put("advertiseAddress", "example.org:12000")
            .put("seedNodes", new JsonArray().add("1.2.3.4:1").add("seed.example.org:2"))
            .put("gossipIntervalMillis", 50L)
            .put("protocolVersion", "v1")
            .put("profile", "jvm")
            .put("detector", "reference")
            .put("phiThreshold", 4.5)
            .put("samplingWindow", 10)
            .put("maxIntervalMillis", 11L)
            .put("initialIntervalMillis", 12L)
            .put("deadNodeGraceMillis", 13L)
            .put("tombstoneGraceMillis", 14L)
            .put("fanout", 5)
            .put("maxMembers", 16)
            .put("deadNodeMemory", 17)
            .put("maxEntryBytes", 18)
            .put("maxStreamBytes", 70_000)
            .put("maxStateBytes", 2_000_000L)
            .put("maxDatagramBytes", 1_400)
            .put("replyLimitBytes", 0L)
            .put("receiveBufferBytes", 100_000)
            .put("solicitedAnswersOnly", true)
            .put("randomSeed", -3L)
            .put("seedRefreshMillis", 19L);

    static Set<String> names() {
        return GossipNodeOptions.jsonNames();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsBackWhatItWrote(String name) {
        JsonObject one = new JsonObject().put(name, UNUSUAL.getValue(name));
        GossipNodeOptions options = new GossipNodeOptions(one);
        assertThat(options).isNotEqualTo(new GossipNodeOptions());
        assertThat(options.toJson().getValue(name)).isEqualTo(UNUSUAL.getValue(name));
        assertThat(new GossipNodeOptions(options)).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(new GossipNodeOptions(new JsonObject(options.toJson().encode())))
                .isEqualTo(options);
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesAValueOfAnotherTypeNamingTheOption(String name) {
        assertThatThrownBy(() -> new GossipNodeOptions(new JsonObject().put(name, new JsonObject())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must be ");
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesANullForTheDefault(String name) {
        assertThat(new GossipNodeOptions(new JsonObject().putNull(name))).isEqualTo(new GossipNodeOptions());
    }

    @Test
    void hasAJsonNameForEverySetterThatCanHaveOne() {
        Set<String> setters = new TreeSet<>();
        for (Method method : GossipNodeOptions.class.getMethods()) {
            if (method.getName().startsWith("set") && !Modifier.isStatic(method.getModifiers())) {
                setters.add(method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                        + method.getName().substring(4));
            }
        }
        setters.remove("livenessPredicate");
        assertThat(setters).isEqualTo(new TreeSet<>(GossipNodeOptions.jsonNames()));
        assertThat(UNUSUAL.fieldNames()).isEqualTo(GossipNodeOptions.jsonNames());
    }

    @Test
    void hasTheDefaultsOfTheEngine() {
        GossipNodeOptions options = new GossipNodeOptions();
        GossipConfig engine = GossipConfig.builder(
                        new NodeIdentity("n", 1, GossipAddress.parse("127.0.0.1:1")), options.getClusterId())
                .build();
        assertThat(options.getGossipIntervalMillis())
                .isEqualTo(engine.gossipInterval().toMillis());
        assertThat(options.getFanout()).isEqualTo(engine.fanout());
        assertThat(options.getPhiThreshold()).isEqualTo(engine.detector().phiThreshold());
        assertThat(options.getSamplingWindow()).isEqualTo(engine.detector().samplingWindow());
        assertThat(options.getMaxIntervalMillis())
                .isEqualTo(engine.detector().maxInterval().toMillis());
        assertThat(options.getInitialIntervalMillis())
                .isEqualTo(engine.detector().initialInterval().toMillis());
        assertThat(options.getDeadNodeGraceMillis())
                .isEqualTo(engine.deadNodeGrace().toMillis());
        assertThat(options.getTombstoneGraceMillis())
                .isEqualTo(engine.tombstoneGrace().toMillis());
        assertThat(options.getMaxMembers()).isEqualTo(engine.maxMembers());
        assertThat(options.getDeadNodeMemory()).isEqualTo(engine.deadNodeMemory());
        assertThat(options.getMaxEntryBytes()).isEqualTo(engine.maxEntryBytes());
        assertThat(GossipNodeOptions.DEFAULT_MAX_STREAM_BYTES).isEqualTo(engine.maxStreamBytes());
        assertThat(GossipNodeOptions.DEFAULT_MAX_STATE_BYTES).isEqualTo(engine.maxStateBytes());
        assertThat(options.getMaxDatagramBytes()).isEqualTo(engine.maxDatagramBytes());
        assertThat(options.getReplyLimitBytes()).isEqualTo(engine.replyLimitBytes());
        assertThat(options.isSolicitedAnswersOnly()).isEqualTo(engine.solicitedAnswersOnly());
        assertThat(options.getProtocolVersion()).isEqualTo(engine.protocolVersion());
        assertThat(options.getProfile()).isEqualTo(engine.profile());
        assertThat(options.getClusterId()).isEqualTo("default-cluster");
        assertThat(options.getListenAddress()).isEqualTo("127.0.0.1:10000");
        assertThat(options.getSeedRefreshMillis()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({
        "1048576, 65535, 1048576, 262144",
        "67108864, 2097152, 16777216, 262144",
        "536870912, 16777216, 134217728, 262144",
        "536870913, 16777216, 134217728, 1048576",
        "17179869184, 16777216, 1073741824, 1048576"
    })
    void takesLessMemoryByDefaultWhereThereIsLittle(long heapBytes, int streamBytes, long stateBytes, int bufferBytes) {
        assertThat(HeapShare.maxStreamBytes(heapBytes)).isEqualTo(streamBytes);
        assertThat(HeapShare.maxStateBytes(heapBytes)).isEqualTo(stateBytes);
        assertThat(HeapShare.receiveBufferBytes(heapBytes)).isEqualTo(bufferBytes);
    }

    @ParameterizedTest
    @CsvSource({
        "gosipIntervalMillis, gossipIntervalMillis",
        "seeds, seedNodes",
        "FANOUT, fanout",
        "cluster_id, clusterId"
    })
    void namesTheUnknownOptionAndTheNearestOne(String unknown, String nearest) {
        assertThatThrownBy(() -> new GossipNodeOptions(new JsonObject().put(unknown, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown option '" + unknown + "', did you mean '" + nearest + "'?");
    }

    @Test
    void limitsThatNobodySetFollowTheHeapOfWhoeverStartsTheNode() {
        GossipNodeOptions unset = new GossipNodeOptions();

        assertThat(unset.toJson().fieldNames()).doesNotContain("maxStreamBytes", "maxStateBytes");
        assertThat(HeapShare.maxStreamBytes(unset, 64L << 20)).isEqualTo(2 << 20);
        assertThat(HeapShare.maxStateBytes(unset, 64L << 20)).isEqualTo(16L << 20);
        GossipNodeOptions set =
                new GossipNodeOptions().setMaxStreamBytes(70_000).setMaxStateBytes(2_000_000L);
        assertThat(HeapShare.maxStreamBytes(set, 64L << 20)).isEqualTo(70_000);
        assertThat(HeapShare.maxStateBytes(set, 64L << 20)).isEqualTo(2_000_000);
        assertThat(set.setMaxStreamBytes(null).setMaxStateBytes(null)).isEqualTo(unset);
    }

    @Test
    void readsGenerationsAsUnsignedNumbers() {
        BigInteger largest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        GossipNodeOptions options = new GossipNodeOptions(new JsonObject("{\"generation\":" + largest + "}"));
        assertThat(options.getGeneration()).isEqualTo(-1L);
        assertThat(options.toJson().encode()).contains("\"generation\":" + largest);
        for (String wrong : List.of("-1", largest.add(BigInteger.ONE).toString(), "1.5")) {
            assertThatThrownBy(() -> new GossipNodeOptions(new JsonObject("{\"generation\":" + wrong + "}")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesBoundsAndValue() {
        GossipNodeOptions options = new GossipNodeOptions();
        assertThatThrownBy(() -> options.setFanout(0)).hasMessage("fanout must be between 1 and 64, was 0");
        assertThatThrownBy(() -> options.setPhiThreshold(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> options.setNodeId("a\tb")).hasMessageContaining("control character");
        assertThat(new GossipNodeOptions().setNodeId("a b").getNodeId()).isEqualTo("a b");
        assertThatThrownBy(() -> options.setClusterId("x".repeat(1_025))).hasMessageContaining("1024");
        assertThatThrownBy(() -> new GossipNodeOptions(new JsonObject().put("fanout", 1L << 40)))
                .hasMessageContaining("fanout");
        assertThatThrownBy(() -> new GossipNodeOptions(new JsonObject().put("profile", "rust")))
                .hasMessage("profile must be one of [interop, jvm], was 'rust'");
        assertThat(options).isEqualTo(new GossipNodeOptions());
    }

    @Test
    void readsHostsByAddressAndByName() {
        assertThat(HostPort.parse("x", "example.org:80")).isEqualTo(new HostPort("example.org", 80));
        assertThat(HostPort.parse("x", "[::1]:80").literal()).contains(GossipAddress.parse("[::1]:80"));
        assertThat(HostPort.parse("x", "[0:0::1]:80")).hasToString("[::1]:80");
        assertThat(HostPort.parse("x", "localhost:0").literal()).isEmpty();
        for (String wrong : Arrays.asList(
                "",
                ":80",
                "host",
                "host:",
                "host:65536",
                "host:-1",
                "::1:80",
                "1.2.3:80",
                "300.1.1.1:80",
                "a b:80",
                "http://host:80",
                "[::1]",
                "[host]:80",
                "-x:80")) {
            assertThatThrownBy(() -> HostPort.parse("seedNodes", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("seedNodes must be HOST:PORT")
                    .hasMessageEndingWith("was '" + wrong + "'");
        }
    }

    @Test
    void setsEnumsByTheirConstants() {
        GossipNodeOptions options =
                new GossipNodeOptions().setProtocolVersion(ProtocolVersion.V1).setProfile(Profile.JVM);
        assertThat(options.toJson().getString("protocolVersion")).isEqualTo("v1");
        assertThat(options.toJson().getString("profile")).isEqualTo("jvm");
    }

    @Test
    void refusesASeedNodeWithoutAPort() {
        assertThatThrownBy(() -> new GossipNodeOptions().addSeedNode("host:0"))
                .hasMessage("seedNodes must have a port above 0, was 'host:0'");
    }
}
