/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceRegistryTest {
    private static final Duration LONG = Duration.ofSeconds(Waiting.SECONDS - 1);

    private final Neighbourhood neighbourhood = new Neighbourhood();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void findsProvidersByTypeAndShardUntilTheyAreGone() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        String second = neighbourhood.deploy(offering("b", 7_002, "storage", 1));
        neighbourhood.deploy(offering("c", 7_003, "storage", 2));
        neighbourhood.deploy(offering("d", 7_004, "api_gateway", 0));
        ServiceRegistry registry = registry("a");

        Waiting.result(registry.awaitProviders("storage", 2, LONG));
        Waiting.result(registry.awaitProviders("api_gateway", 1, LONG));
        assertThat(names(registry.providers("storage"))).containsExactly("b", "c");
        assertThat(names(registry.providers("storage", 2))).containsExactly("c");
        assertThat(registry.providers("storage", 2).get(0).host()).isEqualTo("127.0.0.1:7003");
        assertThat(registry.providers("storage", 3)).isEmpty();
        assertThat(registry.next("searcher")).isEmpty();
        assertThat(registry.spectators())
                .extracting(member -> member.identity().nodeId())
                .containsExactly("a");

        neighbourhood.acquaint("a", "b");
        Waiting.result(neighbourhood.vertx.undeploy(second));
        ClusterView view = neighbourhood.view("a");
        Waiting.until(view, picture -> picture.providers("storage").size() == 1);
        assertThat(view.current().services().keySet()).containsExactly("api_gateway", "storage");
    }

    @Test
    void takesTurns() {
        neighbourhood.deploy(offering("a", 7_001, "storage", 0));
        neighbourhood.deploy(offering("b", 7_002, "storage", 0));
        neighbourhood.deploy(offering("c", 7_003, "storage", 1));
        ServiceRegistry registry = registry("a");
        Waiting.result(registry.awaitProviders("storage", 3, LONG));

        Set<String> picked = new TreeSet<>();
        Set<String> ofShardZero = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            picked.add(registry.next("storage").orElseThrow().member().nodeId());
            ofShardZero.add(registry.next("storage", 0).orElseThrow().member().nodeId());
        }
        assertThat(picked).containsExactly("a", "b", "c");
        assertThat(ofShardZero).containsExactly("a", "b");
    }

    @Test
    void registersUpdatesAndWithdrawsTypesOfTheUsersOwn() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001).setServiceTypes(Map.of("billing", true)));
        ServiceRegistry registry = registry("a");
        List<List<String>> told = Collections.synchronizedList(new ArrayList<>());
        Registration watch = registry.onProviders(
                "billing",
                providers -> told.add(providers.stream()
                        .map(provider -> provider.service().shard() + "@" + provider.host())
                        .toList()));

        Waiting.result(registry.register("billing", 1, "127.0.0.1:81"));
        Waiting.result(registry.register("billing", 1, "127.0.0.1:81"));
        Waiting.result(neighbourhood.service("a").set("other", "key"));
        Waiting.result(registry.register("billing", 2, null));
        Waiting.result(registry.withdraw());
        ClusterView view = neighbourhood.view("a");
        Waiting.until(view, picture -> picture.providers("billing").isEmpty());
        assertThat(Waiting.failure(registry.register("cook", 0, null)))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        reply -> assertThat(reply.failureCode()).isEqualTo(400));

        Waiting.result(registry.awaitProviders("billing", 0, LONG));
        assertThat(told).containsExactly(List.of(), List.of("1@127.0.0.1:81"), List.of("2@127.0.0.1:81"), List.of());
        watch.close();
        Waiting.result(registry.register("billing", 3, null));
        Waiting.result(registry.awaitProviders("billing", 1, LONG));
        assertThat(told).hasSize(4);
    }

    @Test
    void findsForeignTypesAndTakesForeignValuesForSpectators() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        neighbourhood.deploy(Neighbourhood.options("b", 7_002)
                .setInitialKeyValues(
                        Map.of("service", "{\"type\":\"cook\",\"sharded\":true,\"shard\":7,\"host\":\"h\"}")));
        neighbourhood.deploy(Neighbourhood.options("c", 7_003).setInitialKeyValues(Map.of("service", "[{\"type\":")));
        ClusterView view = neighbourhood.view("a");
        Waiting.until(
                view,
                picture -> picture.providers("cook", 7).size() == 1
                        && picture.member("c")
                                .filter(member -> member.isLive()
                                        && member.value("service").isPresent())
                                .isPresent());
        assertThat(view.current().spectators())
                .extracting(member -> member.identity().nodeId())
                .containsExactly("a", "c");
    }

    @Test
    void findsOnlyMembersThatShowTheRequiredKeys() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001).setRequiredKeys(List.of("service", "warm")));
        neighbourhood.deploy(offering("b", 7_002, "storage", 0));
        ClusterView view = neighbourhood.view("a");
        Waiting.until(
                view,
                picture -> picture.member("b")
                        .filter(member -> member.isLive() && member.service().isPresent())
                        .isPresent());
        assertThat(view.current().requiredKeys()).containsExactly("service", "warm");
        assertThat(view.current().readyMembers()).isEmpty();
        assertThat(view.current().providers("storage")).isEmpty();

        Waiting.result(neighbourhood.service("b").set("warm", ""));
        Waiting.until(view, picture -> picture.providers("storage").size() == 1);
        assertThat(view.current().readyMembers()).hasSize(1);

        Waiting.result(neighbourhood.service("b").delete("warm"));
        Waiting.until(view, picture -> picture.providers("storage").isEmpty());
        assertThat(view.current().liveMembers()).hasSize(2);
    }

    private ServiceRegistry registry(String name) {
        return ServiceRegistry.create(neighbourhood.view(name), neighbourhood.service(name));
    }

    private static GossipOptions offering(String name, int port, String type, long shard) {
        return Neighbourhood.options(name, port).setService(new ServiceOffer(type, shard, null));
    }

    private static List<String> names(List<ServiceProvider> providers) {
        return providers.stream().map(provider -> provider.member().nodeId()).toList();
    }
}
