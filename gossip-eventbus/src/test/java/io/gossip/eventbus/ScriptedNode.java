/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the node behind a view: publications and snapshots are made by hand. */
final class ScriptedNode implements AutoCloseable {
    private static final GossipAddresses GOSSIP = new GossipAddresses("gossip");

    final Vertx vertx = Vertx.vertx();
    final LinkedBlockingQueue<Message<Object>> asked = new LinkedBlockingQueue<>();
    ClusterPicture truth = Samples.alone(0);

    ScriptedNode() {
        GossipCodecs.register(vertx);
        Waiting.result(
                vertx.eventBus().localConsumer(GOSSIP.service(), asked::add).completion());
    }

    @Override
    public void close() {
        Waiting.result(vertx.close());
    }

    ClusterView follow() throws InterruptedException {
        Future<ClusterView> view = ClusterView.follow(vertx, "gossip");
        answer(truth);
        return Waiting.result(view);
    }

    Message<Object> nextRequest() throws InterruptedException {
        Message<Object> request = asked.poll(Waiting.SECONDS, TimeUnit.SECONDS);
        assertThat(request).as("a request for a snapshot").isNotNull();
        return request;
    }

    void answer(ClusterPicture picture) throws InterruptedException {
        nextRequest().reply(picture);
    }

    /** Answers with the truth whoever has asked by now. */
    void answerAll() {
        for (Message<Object> request = asked.poll(); request != null; request = asked.poll()) {
            request.reply(truth);
        }
    }

    void publish(ClusterPublication publication) {
        miss(publication);
        send(publication);
    }

    /** It happened, but the view does not hear of it. */
    void miss(ClusterPublication publication) {
        if (publication.sequence() == truth.sequence() + 1) {
            truth = truth.after(publication);
        }
    }

    void send(ClusterPublication publication) {
        String address = publication instanceof MembersPublication ? GOSSIP.members() : GOSSIP.keys();
        vertx.eventBus().publish(address, publication);
    }

    /** Publishes at random and loses a tenth of it, until the view has seen the last of all. */
    void publishAtRandom(ClusterView view, Random random, int publications) throws InterruptedException {
        for (int i = 0; i < publications; i++) {
            ClusterPublication next = Samples.random(truth.sequence() + 1, random);
            if (random.nextInt(10) == 0) {
                miss(next);
            } else {
                publish(next);
            }
            answerAll();
        }
        publish(Samples.keys(truth.sequence() + 1, Samples.A, Samples.set("last", "", 1)));
        while (view.current().sequence() != truth.sequence()) {
            Message<Object> request = asked.poll(5, TimeUnit.MILLISECONDS);
            if (request != null) {
                request.reply(truth);
            }
        }
    }

    void assertReachesTheTruth(ClusterView view) {
        ClusterPicture reached = Waiting.until(view, picture -> picture.sequence() == truth.sequence());
        assertThat(Samples.told(reached)).isEqualTo(Samples.told(truth));
    }
}
