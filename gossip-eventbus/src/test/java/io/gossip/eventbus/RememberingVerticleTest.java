/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.Reconfiguration;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemberStore;
import io.gossip.transport.store.MemoryImage;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberingVerticleTest {
    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final StoreInMemory store = new StoreInMemory();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void keysAndServiceAreAsTheyWereLeftUnlessTheirConfigurationChanged() {
        String first = deploy(options("searcher"));
        GossipService service = neighbourhood.service("a");
        Waiting.result(service.set("color", "red"));
        Waiting.result(service.setService(new ServiceInfo("load_balancer", false, 0, "127.0.0.1:1")));
        long generation = Waiting.result(service.snapshot()).self().generation();
        Waiting.result(neighbourhood.vertx.undeploy(first));

        String second = deploy(options("searcher"));
        ClusterPicture again = Waiting.result(service.snapshot());
        assertThat(again.self().generation()).isGreaterThan(generation);
        MemberPicture self = again.member(again.self()).orElseThrow();
        assertThat(self.entry("color").orElseThrow().value()).isEqualTo("red");
        assertThat(self.service().orElseThrow().type()).isEqualTo("load_balancer");
        Waiting.result(neighbourhood.vertx.undeploy(second));

        deploy(options("storage"));
        ClusterPicture changed = Waiting.result(service.snapshot());
        assertThat(changed.member(changed.self())
                        .orElseThrow()
                        .service()
                        .orElseThrow()
                        .type())
                .isEqualTo("storage");
    }

    @Test
    void aLiveChangeOfTheConfigurationIsRememberedAtTheNextStart() {
        GossipVerticle verticle = new GossipVerticle(options("searcher"), neighbourhood.network.transport());
        String first = Waiting.result(neighbourhood.vertx.deployVerticle(verticle.memberStore(store)));
        GossipService service = neighbourhood.service("a");
        GossipOptions changed = options("searcher").setInitialKeyValues(Map.of("color", "green"));
        Waiting.result(verticle.reconfigure(changed.setService(null)));
        Waiting.result(service.set("color", "red"));
        Waiting.result(neighbourhood.vertx.undeploy(first));

        String second = deploy(new GossipOptions(changed));
        MemberPicture self = self(service);
        assertThat(self.entry("color").orElseThrow().value()).isEqualTo("red");
        assertThat(self.service()).isEmpty();
        Waiting.result(neighbourhood.vertx.undeploy(second));

        deploy(options("searcher"));
        assertThat(self(service).entry("color").orElseThrow().value()).isEqualTo("blue");
        assertThat(self(service).service().orElseThrow().type()).isEqualTo("searcher");
    }

    private static MemberPicture self(GossipService service) {
        ClusterPicture picture = Waiting.result(service.snapshot());
        return picture.member(picture.self()).orElseThrow();
    }

    @Test
    void aWriteThatCouldNotBeStoredSaysSo() {
        deploy(options("searcher"));
        store.broken = true;

        Throwable failure = Waiting.failure(neighbourhood.service("a").set("color", "red"));

        assertThat(failure)
                .isInstanceOf(ReplyException.class)
                .hasMessageContaining("the change is in effect, but not stored: no room");
        assertThat(((ReplyException) failure).failureCode()).isEqualTo(503);
    }

    @Test
    void aReconfigurationWhoseKeysCouldNotBeStoredIsInForce() {
        GossipVerticle verticle =
                new GossipVerticle(options("searcher"), neighbourhood.network.transport()).memberStore(store);
        Waiting.result(neighbourhood.vertx.deployVerticle(verticle));
        GossipOptions wanted = verticle.options().setInitialKeyValues(Map.of("color", "green"));
        wanted.getNode().setFanout(7);
        store.broken = true;

        assertThat(Waiting.result(verticle.reconfigure(wanted)).applied())
                .containsExactly("initialKeyValues", "node.fanout");

        assertThat(verticle.options().getInitialKeyValues()).containsEntry("color", "green");
        ClusterPicture picture = Waiting.result(neighbourhood.service("a").snapshot());
        assertThat(picture.member(picture.self())
                        .orElseThrow()
                        .entry("color")
                        .orElseThrow()
                        .value())
                .isEqualTo("green");
        assertThat(Waiting.result(verticle.reconfigure(wanted))).isEqualTo(Reconfiguration.NOTHING);
    }

    private String deploy(GossipOptions options) {
        return Waiting.result(neighbourhood.vertx.deployVerticle(
                new GossipVerticle(options, neighbourhood.network.transport()).memberStore(store)));
    }

    private static GossipOptions options(String service) {
        return Neighbourhood.options("a", 7_001)
                .setInitialKeyValues(Map.of("color", "blue"))
                .setService(new ServiceOffer(service, 0, null));
    }

    private static final class StoreInMemory implements MemberStore {
        private final MemoryImage image = new MemoryImage();
        private volatile boolean broken;

        @Override
        public synchronized MemberMemory open() {
            return image.memory();
        }

        @Override
        public synchronized void append(List<MemberRecord> records) throws IOException {
            records.forEach(image::add);
            if (broken) {
                throw new IOException("no room");
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
