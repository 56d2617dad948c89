/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The five members of the compose file. Its merge keys are for whoever runs it to resolve. */
class ComposeTest {
    private final JsonNode compose =
            Manifests.tree(SourceTree.read(SourceTree.path("deploy/docker/docker-compose.yml")));

    @Test
    void hasFiveMembersOfWhichTheFirstTwoAreSeedNodes() {
        List<String> names = List.copyOf(compose.path("services").propertyNames());
        assertThat(names).containsExactly("gossip-1", "gossip-2", "gossip-3", "gossip-4", "gossip-5");
        assertThat(compose.path("x-environment").path("GOSSIP_SEED").asString())
                .isEqualTo("gossip-1:7280,gossip-2:7280");
        for (String name : names) {
            JsonNode environment = compose.path("services").path(name).path("environment");
            assertThat(environment.path("GOSSIP_NODE_ID").asString()).isEqualTo(name);
            assertThat(environment.path("GOSSIP_ADVERTISE_ADDR").asString()).isEqualTo(name + ":7280");
        }
    }

    @Test
    void publishesAtTheLoopbackOnlyAndEachPortOnce() {
        TreeSet<String> ports = new TreeSet<>();
        compose.path("services").forEach(service -> service.path("ports").forEach(port -> ports.add(port.asString())));
        assertThat(ports).hasSize(5).allSatisfy(port -> assertThat(port).matches("127\\.0\\.0\\.1:808[1-5]:8080"));
    }
}
