/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over UDP on loopback, on whatever port is free. */
class GossipVerticleIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        Waiting.result(vertx.close());
    }

    @Test
    void isDeployedByClassNameWithJsonConfiguration() {
        JsonObject node = new JsonObject().put("nodeId", "n1").put("listenAddress", "127.0.0.1:0");
        JsonObject configuration = new JsonObject()
                .put("node", node)
                .put("initialKeyValues", new JsonObject().put("color", "red"))
                .put("service", new JsonObject().put("type", "searcher").put("shard", 3));

        Waiting.result(vertx.deployVerticle(
                "io.gossip.eventbus.GossipVerticle", new DeploymentOptions().setConfig(configuration)));

        ClusterPicture picture =
                Waiting.result(GossipService.create(vertx, "gossip").snapshot());
        MemberPicture self = picture.member("n1").orElseThrow();
        assertThat(self.value("color")).contains("red");
        assertThat(self.service().orElseThrow().host())
                .isEqualTo(self.identity().gossipAddress().toString());
        assertThat(self.identity().gossipAddress().port()).isPositive();
    }
}
