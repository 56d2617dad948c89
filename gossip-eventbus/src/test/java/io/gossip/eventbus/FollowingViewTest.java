/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterSnapshot;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The view alone: publications and snapshots are made by hand. */
class FollowingViewTest {
    private final ScriptedNode node = new ScriptedNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void appliesThePublicationsOfBothAddressesInOrder() throws Exception {
        ClusterView view = node.follow();
        List<Long> sequences = Collections.synchronizedList(new ArrayList<>());
        view.onPublication(publication -> sequences.add(publication.sequence()));

        node.publish(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        node.publish(Samples.removed(3, B));
        node.publish(Samples.keys(4, A, Samples.set("y", "2", 2)));

        node.assertReachesTheTruth(view);
        assertThat(sequences).containsExactly(1L, 2L, 3L, 4L);
        assertThat(node.asked).isEmpty();
    }

    @Test
    void asksForASnapshotWhenAPublicationIsMissing() throws Exception {
        ClusterView view = node.follow();
        Promise<ClusterPicture> reset = Promise.promise();
        view.onReset(reset::tryComplete);

        node.publish(Samples.joined(1, B));
        node.miss(Samples.keys(2, B, Samples.set("x", "1", 1)));
        node.publish(Samples.keys(3, B, Samples.set("z", "2", 2)));
        node.answer(node.truth);

        node.assertReachesTheTruth(view);
        assertThat(Waiting.result(reset.future())).isSameAs(node.truth);
        node.publish(Samples.removed(4, B));
        node.assertReachesTheTruth(view);
    }

    @Test
    void survivesPublicationsInTheWrongOrder() throws Exception {
        ClusterView view = node.follow();
        ClusterPublication first = Samples.joined(1, B);
        ClusterPublication second = Samples.keys(2, B, Samples.set("x", "1", 1));
        node.miss(first);
        node.publish(second);
        node.send(first);
        node.answer(node.truth);
        node.assertReachesTheTruth(view);
    }

    @Test
    void noticesThatTheNodeWasStartedAnew() throws Exception {
        ClusterView view = node.follow();
        node.publish(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        node.assertReachesTheTruth(view);

        node.truth = ClusterPicture.of(0, new ClusterSnapshot("c", B, List.of(), List.of()));
        node.publish(Samples.joined(1, B));
        node.answer(node.truth);

        node.assertReachesTheTruth(view);
        assertThat(view.current().self()).isEqualTo(B);
    }

    @Test
    void appliesWhatArrivedWhileItWaitedForTheSnapshot() throws Exception {
        ClusterView view = node.follow();
        node.miss(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        Message<Object> request = node.nextRequest();
        ClusterPicture atTwo = node.truth;
        node.publish(Samples.keys(3, B, Samples.set("y", "2", 2)));
        node.publish(Samples.keys(4, B, Samples.set("z", "3", 3)));
        request.reply(atTwo);
        node.assertReachesTheTruth(view);
    }

    @Test
    void asksAgainWhenWhatArrivedMeanwhileDoesNotFollowTheSnapshot() throws Exception {
        ClusterView view = node.follow();
        node.miss(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        Message<Object> request = node.nextRequest();
        ClusterPicture atTwo = node.truth;
        node.miss(Samples.keys(3, B, Samples.set("y", "2", 2)));
        node.publish(Samples.keys(4, B, Samples.set("z", "3", 3)));
        request.reply(atTwo);
        node.answer(node.truth);
        node.assertReachesTheTruth(view);
    }

    @Test
    void asksAgainWhenTheSnapshotCannotBeHad() throws Exception {
        ClusterView view = node.follow();
        node.miss(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        node.nextRequest().fail(503, "not now");
        node.answer(node.truth);
        node.assertReachesTheTruth(view);
    }

    @Test
    void hearsNothingOnceItIsClosed() throws Exception {
        ClusterView view = node.follow();
        ClusterPicture last = view.current();
        Waiting.result(view.close());
        Waiting.result(view.close());
        node.publish(Samples.joined(1, B));
        node.publish(Samples.removed(5, B));
        Promise<Void> delivered = Promise.promise();
        node.vertx.eventBus().localConsumer("after", message -> delivered.complete());
        node.vertx.eventBus().publish("after", "");
        Waiting.result(delivered.future());
        assertThat(view.current()).isSameAs(last);
        assertThat(node.asked).isEmpty();
    }

    @Test
    void asksNoMoreOnceItIsClosed() throws Exception {
        ClusterView view = node.follow();
        node.miss(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        node.nextRequest().fail(503, "not now");
        Waiting.result(view.close());
        // Set later and for longer than the timer by which it would ask again.
        Waiting.result(node.vertx.timer(2, TimeUnit.SECONDS));
        assertThat(node.asked).isEmpty();
    }

    @Test
    void mayBeClosedAfterItsVertx() throws Exception {
        ClusterView view = node.follow();
        Waiting.result(node.vertx.close());
        Waiting.result(view.close());
    }

    @Test
    void cannotFollowWhereNoVerticleServes() {
        Throwable failure = Waiting.failure(ClusterView.follow(node.vertx, "elsewhere"));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, reply -> {
            assertThat(reply.failureCode()).isEqualTo(503);
            assertThat(reply).hasMessageContaining("elsewhere.service");
        });
    }

    @Test
    @Timeout(120)
    void equalsTheTruthWhateverIsLost() throws Exception {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        Random random = new Random(randomSeed);
        ClusterView view = node.follow();
        node.publishAtRandom(view, random, 500);
        assertThat(Samples.told(view.current()))
                .as("random seed %d", randomSeed)
                .isEqualTo(Samples.told(node.truth));
    }
}
