/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a running node takes over, what it does not, and that nothing happens halfway. */
class ReconfigureTest {
    private static final String LIVE = """
            {"seedNodes":["10.7.0.99:1"],"seedRefreshMillis":5000,"protocolVersion":"v1","gossipIntervalMillis":30,
             "detector":"reference","phiThreshold":9.5,"samplingWindow":77,"maxIntervalMillis":700,
             "initialIntervalMillis":150,"deadNodeGraceMillis":100000,"tombstoneGraceMillis":200000,"fanout":4,
             "maxMembers":50,"deadNodeMemory":60,"maxEntryBytes":500,"maxStreamBytes":70000,"maxStateBytes":2000000,
             "replyLimitBytes":3000}
            """;
    private static final String FOR_LIFE = """
            {"nodeId":"other","generation":7,"listenAddress":"10.7.0.1:9","advertiseAddress":"10.7.0.1:9",
             "clusterId":"other","profile":"jvm","maxDatagramBytes":1400,"receiveBufferBytes":300000,
             "solicitedAnswersOnly":true,"randomSeed":1}
            """;

    private final InMemoryNetwork network = new InMemoryNetwork(TestRandom.create());
    private final NodeFixture fixture = new NodeFixture(network.transport(), GossipAddress.parse("10.7.0.1:0"));

    @AfterEach
    void closeAll() {
        fixture.close();
    }

    @Test
    void everyOptionIsEitherLiveOrNeedsARestart() {
        Set<String> tested = new LinkedHashSet<>(new JsonObject(LIVE).fieldNames());
        tested.addAll(new JsonObject(FOR_LIFE).fieldNames());
        assertThat(tested).containsExactlyInAnyOrderElementsOf(GossipNodeOptions.jsonNames());
    }

    @Test
    void takesEachLiveOptionOverAloneAndTellsIt() {
        GossipNode node = fixture.start("n");
        for (String name : new JsonObject(LIVE).fieldNames()) {
            Object value = new GossipNodeOptions(new JsonObject(LIVE)).toJson().getValue(name);
            GossipNodeOptions wanted =
                    new GossipNodeOptions(node.options().toJson().put(name, value));
            Reconfiguration outcome = Waiting.get(node.reconfigure(wanted));
            assertThat(outcome).as(name).isEqualTo(new Reconfiguration(List.of(name), List.of()));
            assertThat(node.options().toJson().getValue(name)).as(name).isEqualTo(value);
            assertThat(Waiting.get(node.reconfigure(wanted))).as(name).isEqualTo(Reconfiguration.NOTHING);
        }
        assertThat(Waiting.get(node.liveNodes())).containsExactly(node.self());
    }

    @Test
    void namesWhatNeedsARestartAndLeavesItAsItWas() {
        GossipNode node = fixture.start("n");
        JsonObject before = node.options().toJson();
        for (String name : new JsonObject(FOR_LIFE).fieldNames()) {
            Object value = new JsonObject(FOR_LIFE).getValue(name);
            GossipNodeOptions wanted = new GossipNodeOptions(before.copy().put(name, value));
            Reconfiguration outcome = Waiting.get(node.reconfigure(wanted));
            assertThat(outcome).as(name).isEqualTo(new Reconfiguration(List.of(), List.of(name)));
        }
        assertThat(node.options().toJson()).isEqualTo(before);
        assertThat(node.clusterId()).isEqualTo(before.getString("clusterId"));
    }

    @Test
    void previewTellsTheSameAndChangesNothing() {
        GossipNode node = fixture.start("n");
        GossipNodeOptions wanted = node.options().setFanout(9).setClusterId("other");
        assertThat(node.preview(wanted, Map.of("k", "v")))
                .isEqualTo(new Reconfiguration(List.of("fanout"), List.of("clusterId")));
        assertThat(node.options().getFanout()).isEqualTo(GossipNodeOptions.DEFAULT_FANOUT);
    }

    @Test
    void aNodeIdOrGenerationLeftOpenIsTheOneInUse() {
        GossipNode node = fixture.start("n");
        GossipNodeOptions wanted = node.options().setNodeId(null).setGeneration(null);
        assertThat(Waiting.get(node.reconfigure(wanted))).isEqualTo(Reconfiguration.NOTHING);
        assertThat(node.options().getNodeId()).isEqualTo("n");
    }

    @Test
    void limitsThatAreNoLongerSetFollowTheHeapAgain() {
        GossipNode node = fixture.start(fixture.options("n").setMaxStateBytes(2_000_000L));
        assertThat(Waiting.get(node.reconfigure(node.options().setMaxStateBytes(null)))
                        .applied())
                .containsExactly("maxStateBytes");
        assertThat(node.options().getMaxStateBytes()).isNull();
    }

    @Test
    void optionsThatCanNeverWorkChangeNothing() {
        GossipNode node = fixture.start("n");
        GossipNodeOptions wanted = node.options().setFanout(9).setListenAddress("0.0.0.0:1");
        assertThat(Waiting.failure(node.reconfigure(wanted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("advertiseAddress");
        assertThat(node.options().getFanout()).isEqualTo(GossipNodeOptions.DEFAULT_FANOUT);
    }

    @Test
    void aClosedNodeIsNotReconfigured() {
        GossipNode node = fixture.start("n");
        Waiting.get(node.close());
        assertThat(Waiting.failure(node.reconfigure(node.options().setFanout(9))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void newSeedNodesAreGossipedWithAtOnce() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b");
        Waiting.get(b.reconfigure(b.options().addSeedNode(a.listenAddress().toString())));
        fixture.untilAllSeeAll(a, b);
        assertThat(Waiting.get(b.snapshot()).seedAddresses()).containsExactly(a.listenAddress());
        Waiting.get(b.reconfigure(b.options().setSeedNodes(List.of())));
        assertThat(Waiting.get(b.snapshot()).seedAddresses()).isEmpty();
        fixture.untilSees(b, a.self(), MemberState.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"3600000, 20", "20, 40"})
    void roundsGoOnAtTheNewInterval(long before, long after) {
        GossipNode node = fixture.start(fixture.options("n").setGossipIntervalMillis(before));
        Waiting.until(fixture.vertx, () -> node.stats().map(stats -> stats.rounds() >= 1));
        Waiting.get(node.reconfigure(node.options().setGossipIntervalMillis(after)));
        long rounds = Waiting.get(node.stats()).rounds();
        Waiting.until(fixture.vertx, () -> node.stats().map(stats -> stats.rounds() >= rounds + 5));
    }

    @Test
    void namesInTheJsonFormAreThoseOfTheOutcome() {
        Reconfiguration outcome = new Reconfiguration(List.of("fanout"), List.of("clusterId"))
                .under("node")
                .and(new Reconfiguration(List.of("service"), List.of()));
        assertThat(new JsonArray(outcome.applied()))
                .isEqualTo(new JsonArray().add("node.fanout").add("service"));
        assertThat(outcome.needRestart()).containsExactly("node.clusterId");
    }
}
