/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.eventbus.MembersPublication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples with real sockets on loopback, on ports that the system chooses. */
final class ExamplesIT {
    private static final int MAX_WAIT_SECONDS = 20;

    private final Vertx here = Vertx.vertx();
    private final Vertx there = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(here.close());
        await(there.close());
    }

    @Test
    void anApplicationJoinsAndSetsAKey() throws Exception {
        await(EmbedInYourApplication.join(here, options("here")));

        assertThat(await(GossipService.create(here, "gossip").get("color")).value())
                .isEqualTo("red");
    }

    @Test
    void theSmallestLiveMemberTakesOver() throws Exception {
        CompletableFuture<NodeIdentity> takenOver = new CompletableFuture<>();
        CompletableFuture<MembersPublication> bothLive = new CompletableFuture<>();
        here.eventBus().<MembersPublication>localConsumer("gossip.members", message -> {
            if (message.body().liveNodes().size() == 2) {
                bothLive.complete(message.body());
            }
        });
        await(here.deployVerticle(new ReactToDeath("here", takenOver::complete)));
        await(here.deployVerticle(new GossipVerticle(options("here"))));
        ClusterPicture picture = await(GossipService.create(here, "gossip").snapshot());
        GossipOptions second = options("there");
        second.getNode().addSeedNode(picture.self().gossipAddress().toString());
        String deployment = await(there.deployVerticle(new GossipVerticle(second)));
        bothLive.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);

        await(there.undeploy(deployment));

        assertThat(takenOver.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS).nodeId()).isEqualTo("there");
    }

    private static GossipOptions options(String nodeId) {
        GossipOptions options = new GossipOptions();
        options.getNode().setNodeId(nodeId).setListenAddress("127.0.0.1:0").setGossipIntervalMillis(50);
        return options;
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
