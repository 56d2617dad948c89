/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.Reconfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconfigureMemberTest {
    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final GossipOptions options = Neighbourhood.options("a", 7_001)
            .setInitialKeyValues(Map.of("kept", "1", "changed", "1", "gone", "1"))
            .setService(new ServiceOffer("searcher", 1, null));
    private GossipVerticle verticle = new GossipVerticle(options, neighbourhood.network.transport());

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    private void start() {
        verticle = new GossipVerticle(options, neighbourhood.network.transport());
        Waiting.result(neighbourhood.vertx.deployVerticle(verticle));
    }

    private Reconfiguration reconfigure(GossipOptions wanted) {
        return Waiting.result(verticle.reconfigure(wanted));
    }

    private MemberPicture self() {
        ClusterPicture picture = Waiting.result(neighbourhood.service("a").snapshot());
        return picture.member(picture.self()).orElseThrow();
    }

    private String value(String key) {
        return self().entry(key).orElseThrow().value();
    }

    @Test
    void setsWhatIsNewOrChangedAmongTheInitialKeysAndLeavesTheRest() {
        start();
        Waiting.result(neighbourhood.service("a").set("kept", "by the application"));
        GossipOptions wanted = verticle.options().setInitialKeyValues(Map.of("kept", "1", "changed", "2", "new", "1"));
        assertThat(reconfigure(wanted)).isEqualTo(new Reconfiguration(List.of("initialKeyValues"), List.of()));
        assertThat(value("changed")).isEqualTo("2");
        assertThat(value("new")).isEqualTo("1");
        assertThat(value("kept")).isEqualTo("by the application");
        assertThat(value("gone")).isEqualTo("1");
        assertThat(reconfigure(wanted)).isEqualTo(Reconfiguration.NOTHING);
    }

    @Test
    void offersAnotherServiceAndWithdrawsIt() {
        start();
        assertThat(reconfigure(verticle.options().setService(new ServiceOffer("searcher", 2, null)))
                        .applied())
                .containsExactly("service");
        assertThat(self().service()).contains(new ServiceInfo("searcher", true, 2, "127.0.0.1:7001"));
        assertThat(reconfigure(verticle.options().setService(null)).applied()).containsExactly("service");
        assertThat(self().service()).isEmpty();
    }

    @Test
    void namesTheNodesOptionsBehindItsOwn() {
        start();
        GossipOptions wanted = verticle.options().setReadyTimeoutMillis(5).setAddressPrefix("b");
        wanted.getNode().setFanout(7).setClusterId("other");
        Reconfiguration outcome = reconfigure(wanted);
        assertThat(outcome.applied()).containsExactly("readyTimeoutMillis", "node.fanout");
        assertThat(outcome.needRestart()).containsExactly("addressPrefix", "node.clusterId");
        assertThat(verticle.options().getNode().getFanout()).isEqualTo(7);
        assertThat(verticle.options().getAddressPrefix()).isEqualTo("a");
    }

    @Test
    void readinessFollowsTheSeedNodesAndTheTimeoutInForce() {
        options.getNode().setSeedNodes(List.of("127.0.0.1:7099"));
        start();
        assertThat(status().ready()).isFalse();
        reconfigure(verticle.options().setReadyTimeoutMillis(1));
        assertThat(status().ready()).isTrue();
        GossipOptions wanted = verticle.options().setReadyTimeoutMillis(0);
        reconfigure(wanted);
        assertThat(status().ready()).isFalse();
        wanted.getNode().setSeedNodes(List.of());
        reconfigure(wanted);
        assertThat(status().ready()).isTrue();
    }

    @Test
    void aKeyThatMustNotBeSetChangesNothing() {
        start();
        GossipOptions wanted = verticle.options().setInitialKeyValues(Map.of("changed", "2", "gossip:state", "x"));
        wanted.getNode().setFanout(7);
        assertThat(Waiting.failure(verticle.reconfigure(wanted))).hasMessageContaining("gossip:state");
        assertThat(value("changed")).isEqualTo("1");
        assertThat(verticle.options().getNode().getFanout()).isEqualTo(3);
    }

    @Test
    void keysAreMeasuredByTheLimitThatComesWithThem() {
        options.getNode().setMaxEntryBytes(100);
        start();
        GossipOptions wanted = verticle.options().setInitialKeyValues(Map.of("large", "x".repeat(500)));
        assertThat(Waiting.failure(verticle.reconfigure(wanted))).hasMessageContaining("505");
        wanted.getNode().setMaxEntryBytes(1_000);
        assertThat(reconfigure(wanted).applied()).containsExactly("initialKeyValues", "node.maxEntryBytes");
        assertThat(value("large")).hasSize(500);
    }

    @Test
    void aServiceOfATypeThatIsNewAsWellWaitsForTheRestart() {
        start();
        GossipOptions wanted = verticle.options()
                .setServiceTypes(Map.of("billing", false))
                .setService(new ServiceOffer("billing", 0, null));
        assertThat(reconfigure(wanted).needRestart()).containsExactly("service", "serviceTypes");
        assertThat(self().service()).contains(new ServiceInfo("searcher", true, 1, "127.0.0.1:7001"));
    }

    @Test
    void aMemberThatDoesNotRunIsNotReconfigured() {
        assertThat(Waiting.failure(verticle.reconfigure(options))).hasMessageContaining("not running");
    }

    private Readiness status() {
        return Waiting.result(neighbourhood.service("a").status()).readiness();
    }
}
