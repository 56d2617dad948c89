/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterSnapshot;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The view alone: publications and snapshots are made by hand. */
class FollowingViewTest {
    private static final GossipAddresses GOSSIP = new GossipAddresses("gossip");

    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<Message<Object>> asked = new LinkedBlockingQueue<>();
    private ClusterPicture truth = Samples.alone(0);

    @BeforeEach
    void serveSnapshots() {
        GossipCodecs.register(vertx);
        Waiting.result(
                vertx.eventBus().localConsumer(GOSSIP.service(), asked::add).completion());
    }

    @AfterEach
    void closeVertx() {
        Waiting.result(vertx.close());
    }

    @Test
    void appliesThePublicationsOfBothAddressesInOrder() throws Exception {
        ClusterView view = follow();
        List<Long> sequences = Collections.synchronizedList(new ArrayList<>());
        view.onPublication(publication -> sequences.add(publication.sequence()));

        publish(Samples.joined(1, B));
        publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        publish(Samples.removed(3, B));
        publish(Samples.keys(4, A, Samples.set("y", "2", 2)));

        assertReaches(view, truth);
        assertThat(sequences).containsExactly(1L, 2L, 3L, 4L);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksForASnapshotWhenAPublicationIsMissing() throws Exception {
        ClusterView view = follow();
        Promise<ClusterPicture> reset = Promise.promise();
        view.onReset(reset::tryComplete);

        publish(Samples.joined(1, B));
        miss(Samples.keys(2, B, Samples.set("x", "1", 1)));
        publish(Samples.keys(3, B, Samples.set("z", "2", 2)));
        answer(truth);

        assertReaches(view, truth);
        assertThat(Waiting.result(reset.future())).isSameAs(truth);
        publish(Samples.removed(4, B));
        assertReaches(view, truth);
    }

    @Test
    void survivesPublicationsInTheWrongOrder() throws Exception {
        ClusterView view = follow();
        ClusterPublication first = Samples.joined(1, B);
        ClusterPublication second = Samples.keys(2, B, Samples.set("x", "1", 1));
        miss(first);
        publish(second);
        send(first);
        answer(truth);
        assertReaches(view, truth);
    }

    @Test
    void noticesThatTheNodeWasStartedAnew() throws Exception {
        ClusterView view = follow();
        publish(Samples.joined(1, B));
        publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        assertReaches(view, truth);

        truth = ClusterPicture.of(0, new ClusterSnapshot("c", B, List.of(), List.of()));
        publish(Samples.joined(1, B));
        answer(truth);

        assertReaches(view, truth);
        assertThat(view.current().self()).isEqualTo(B);
    }

    @Test
    void appliesWhatArrivedWhileItWaitedForTheSnapshot() throws Exception {
        ClusterView view = follow();
        miss(Samples.joined(1, B));
        publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        Message<Object> request = nextRequest();
        ClusterPicture atTwo = truth;
        publish(Samples.keys(3, B, Samples.set("y", "2", 2)));
        publish(Samples.keys(4, B, Samples.set("z", "3", 3)));
        request.reply(atTwo);
        assertReaches(view, truth);
    }

    @Test
    void asksAgainWhenWhatArrivedMeanwhileDoesNotFollowTheSnapshot() throws Exception {
        ClusterView view = follow();
        miss(Samples.joined(1, B));
        publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        Message<Object> request = nextRequest();
        ClusterPicture atTwo = truth;
        miss(Samples.keys(3, B, Samples.set("y", "2", 2)));
        publish(Samples.keys(4, B, Samples.set("z", "3", 3)));
        request.reply(atTwo);
        answer(truth);
        assertReaches(view, truth);
    }

    @Test
    void asksAgainWhenTheSnapshotCannotBeHad() throws Exception {
        ClusterView view = follow();
        miss(Samples.joined(1, B));
        publish(Samples.keys(2, B, Samples.set("x", "1", 1)));
        nextRequest().fail(503, "not now");
        answer(truth);
        assertReaches(view, truth);
    }

    @Test
    void goesOnWhenAHandlerThrows() throws Exception {
        ClusterView view = follow();
        LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        vertx.exceptionHandler(thrown::add);
        view.onPublication(publication -> {
            throw new IllegalStateException("thrown by the test's handler");
        });
        publish(Samples.joined(1, B));
        publish(Samples.removed(2, B));
        assertReaches(view, truth);
        for (int i = 0; i < 2; i++) {
            assertThat(thrown.poll(20, TimeUnit.SECONDS)).hasMessage("thrown by the test's handler");
        }
    }

    @Test
    void hearsNothingOnceItIsClosed() throws Exception {
        ClusterView view = follow();
        ClusterPicture last = view.current();
        Waiting.result(view.close());
        Waiting.result(view.close());
        publish(Samples.joined(1, B));
        publish(Samples.removed(5, B));
        Promise<Void> delivered = Promise.promise();
        vertx.eventBus().localConsumer("after", message -> delivered.complete());
        vertx.eventBus().publish("after", "");
        Waiting.result(delivered.future());
        assertThat(view.current()).isSameAs(last);
        assertThat(asked).isEmpty();
    }

    @Test
    void callsNoHandlerThatWasTakenAway() throws Exception {
        ClusterView view = follow();
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        List<Registration> registrations = List.of(
                view.onPublication(told::add),
                view.onReset(told::add),
                view.onMembers(told::add),
                view.onKeys("", told::add),
                view.onChange(told::add));
        registrations.forEach(Registration::close);
        registrations.forEach(Registration::close);
        publish(Samples.joined(1, B));
        miss(Samples.removed(2, B));
        publish(Samples.joined(3, B));
        answer(truth);
        assertReaches(view, truth);
        assertThat(told).isEmpty();
    }

    @Test
    void mayBeClosedAfterItsVertx() throws Exception {
        ClusterView view = follow();
        Waiting.result(vertx.close());
        Waiting.result(view.close());
    }

    @Test
    void cannotFollowWhereNoVerticleServes() {
        Throwable failure = Waiting.failure(ClusterView.follow(vertx, "elsewhere"));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, reply -> {
            assertThat(reply.failureCode()).isEqualTo(503);
            assertThat(reply).hasMessageContaining("elsewhere.service");
        });
    }

    @Test
    @Timeout(60)
    void equalsTheTruthWhateverIsLost() throws Exception {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        Random random = new Random(randomSeed);
        ClusterView view = follow();
        for (int i = 0; i < 500; i++) {
            ClusterPublication next = randomPublication(random);
            if (random.nextInt(10) == 0) {
                miss(next);
            } else {
                publish(next);
            }
            for (Message<Object> request = asked.poll(); request != null; request = asked.poll()) {
                request.reply(truth);
            }
        }
        publish(Samples.keys(truth.sequence() + 1, A, Samples.set("last", "", 1)));
        long last = truth.sequence();
        while (view.current().sequence() != last) {
            Message<Object> request = asked.poll(5, TimeUnit.MILLISECONDS);
            if (request != null) {
                request.reply(truth);
            }
        }
        assertThat(Samples.told(view.current()))
                .as("random seed %d", randomSeed)
                .isEqualTo(Samples.told(truth));
    }

    private ClusterPublication randomPublication(Random random) {
        long sequence = truth.sequence() + 1;
        return switch (random.nextInt(6)) {
            case 0 -> Samples.joined(sequence, B);
            case 1 -> Samples.removed(sequence, B);
            default -> Samples.keys(sequence, B, Samples.set("k" + random.nextInt(9), "v" + sequence, sequence));
        };
    }

    private ClusterView follow() throws InterruptedException {
        var view = ClusterView.follow(vertx, "gossip");
        answer(truth);
        return Waiting.result(view);
    }

    private Message<Object> nextRequest() throws InterruptedException {
        Message<Object> request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a request for a snapshot").isNotNull();
        return request;
    }

    private void answer(ClusterPicture picture) throws InterruptedException {
        nextRequest().reply(picture);
    }

    private void publish(ClusterPublication publication) {
        miss(publication);
        send(publication);
    }

    /** It happened, but the view does not hear of it. */
    private void miss(ClusterPublication publication) {
        if (publication.sequence() == truth.sequence() + 1) {
            truth = truth.after(publication);
        }
    }

    private void send(ClusterPublication publication) {
        String address = publication instanceof MembersPublication ? GOSSIP.members() : GOSSIP.keys();
        vertx.eventBus().publish(address, publication);
    }

    private static void assertReaches(ClusterView view, ClusterPicture expected) {
        ClusterPicture reached = Waiting.until(view, picture -> picture.sequence() == expected.sequence());
        assertThat(Samples.told(reached)).isEqualTo(Samples.told(expected));
    }
}
