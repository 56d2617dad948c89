/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTypesTest {
    @Test
    void knowsSixTypesFourOfThemSharded() {
        assertThat(ServiceTypes.KNOWN.names())
                .containsExactly("analytics", "api_gateway", "data_processor", "load_balancer", "searcher", "storage");
        for (String sharded : new String[] {"analytics", "data_processor", "searcher", "storage"}) {
            assertThat(ServiceTypes.KNOWN.service(sharded, 2, "1.2.3.4:5"))
                    .isEqualTo(new ServiceInfo(sharded, true, 2, "1.2.3.4:5"));
        }
        assertThat(ServiceTypes.KNOWN.service("api_gateway", 0, "[::1]:5").sharded())
                .isFalse();
    }

    @Test
    void acceptsTypesThatUsersAdd() {
        ServiceTypes types = ServiceTypes.KNOWN.with(Map.of("billing", true));
        assertThat(types.service("billing", 1, "1.2.3.4:5").sharded()).isTrue();
        assertThat(types.isKnown("searcher")).isTrue();
        assertThat(ServiceTypes.KNOWN.isKnown("billing")).isFalse();
    }

    @Test
    void saysWhatIsWrongAndWhatIsAllowed() {
        assertThatThrownBy(() -> ServiceTypes.KNOWN.service("cook", 0, "1.2.3.4:5"))
                .hasMessage("Unknown service type 'cook', allowed: analytics, api_gateway, data_processor,"
                        + " load_balancer, searcher, storage");
        assertThatThrownBy(() -> ServiceTypes.KNOWN.service("searcher", 0, "localhost"))
                .hasMessageStartingWith("Invalid host format 'localhost'");
        assertThatThrownBy(() -> ServiceTypes.KNOWN.service("searcher", -1, "1.2.3.4:5"))
                .hasMessage("Invalid shard -1, allowed: 0 and above");
        assertThatThrownBy(() -> ServiceTypes.KNOWN.service("api_gateway", 1, "1.2.3.4:5"))
                .hasMessage("Invalid shard 1, allowed: 0, api_gateway is not sharded");
    }

    @Test
    void writesAndReadsTheValueOfTheServiceKey() {
        ServiceInfo service = new ServiceInfo("searcher", true, 1, "127.0.0.1:8080");
        String value = "{\"type\":\"searcher\",\"sharded\":true,\"shard\":1,\"host\":\"127.0.0.1:8080\"}";
        assertThat(service.toJson().encode()).isEqualTo(value);
        assertThat(ServiceInfo.parse(value)).contains(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "api_gateway",
                "{\"type\":1}",
                "{\"type\":\"x\",\"sharded\":\"yes\",\"shard\":0,\"host\":\"h\"}",
                "{\"type\":\"x\",\"sharded\":true,\"shard\":-1,\"host\":\"h\"}",
                "{\"type\":\"x\",\"sharded\":true,\"shard\":1.5,\"host\":\"h\"}",
                "{\"type\":\"x\",\"sharded\":true,\"shard\":1e99,\"host\":\"h\"}",
                "{\"type\":\"x\",\"sharded\":true,\"shard\":0,\"host\":null}"
            })
    void takesForeignValuesForNoService(String value) {
        assertThat(ServiceInfo.parse(value)).isEmpty();
    }
}
