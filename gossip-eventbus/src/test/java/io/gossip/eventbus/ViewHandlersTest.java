/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a view tells its handlers. */
class ViewHandlersTest {
    private final ScriptedNode node = new ScriptedNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void tellsEveryHandlerTheKeysBehindItsPrefixWithoutThePrefix() throws Exception {
        ClusterView view = node.follow();
        List<KeyEvent> zones = Collections.synchronizedList(new ArrayList<>());
        List<KeyEvent> zonesAgain = Collections.synchronizedList(new ArrayList<>());
        List<KeyEvent> all = Collections.synchronizedList(new ArrayList<>());
        List<KeyEvent> reserved = Collections.synchronizedList(new ArrayList<>());
        view.onKeys("zone:", zones::add);
        view.onKeys("zone:", zonesAgain::add);
        view.onKeys("", all::add);
        view.onKeys("gossip:", reserved::add);

        node.publish(Samples.joined(1, B));
        node.publish(Samples.keys(
                2,
                B,
                Samples.set("zone:eu", "1", 1),
                Samples.set("zone:", "", 2),
                Samples.set("zone", "x", 3),
                Samples.set("gossip:http", "h", 4)));
        node.publish(Samples.keys(3, A, new KeyChange("zone:eu", "", 5, KeyChange.Kind.DELETED)));
        node.assertReachesTheTruth(view);

        assertThat(zones)
                .containsExactly(
                        new KeyEvent(B, "eu", "1", 1, KeyChange.Kind.SET),
                        new KeyEvent(B, "", "", 2, KeyChange.Kind.SET),
                        new KeyEvent(A, "eu", "", 5, KeyChange.Kind.DELETED));
        assertThat(zones).extracting(KeyEvent::isSet).containsExactly(true, true, false);
        assertThat(zonesAgain).isEqualTo(zones);
        assertThat(all).extracting(KeyEvent::key).containsExactly("zone:eu", "zone:", "zone", "zone:eu");
        assertThat(reserved).containsExactly(new KeyEvent(B, "http", "h", 4, KeyChange.Kind.SET));
    }

    @Test
    void tellsWhatAResetTookAway() throws Exception {
        ClusterView view = node.follow();
        node.publish(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("gone", "1", 1), Samples.set("kept", "2", 2)));
        node.assertReachesTheTruth(view);
        List<KeyEvent> told = Collections.synchronizedList(new ArrayList<>());
        view.onKeys("", told::add);

        node.publish(new KeysPublication(
                3, "c", B, true, 9, 1, List.of(Samples.set("kept", "2", 2), Samples.set("new", "3", 9))));
        node.assertReachesTheTruth(view);

        assertThat(told)
                .containsExactly(
                        new KeyEvent(B, "gone", "1", 1, KeyChange.Kind.EXPIRED),
                        new KeyEvent(B, "new", "3", 9, KeyChange.Kind.SET));
    }

    @Test
    @Timeout(120)
    void memberAndKeyHandlersMissNothingWhateverIsLost() throws Exception {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        ClusterView view = node.follow();
        Told told = new Told(view.current());
        view.onMembers(told::members);
        view.onKeys("", told::key);

        node.publishAtRandom(view, new Random(randomSeed), 500);
        node.assertReachesTheTruth(view);

        Told expected = new Told(node.truth);
        assertThat(told.states).as("random seed %d", randomSeed).isEqualTo(expected.states);
        assertThat(told.values).as("random seed %d", randomSeed).isEqualTo(expected.values);
    }

    /** What someone knows who believes handlers only. */
    private static final class Told {
        private final Map<NodeIdentity, MemberState> states = new TreeMap<>();
        private final Map<NodeIdentity, Map<String, String>> values = new TreeMap<>();

        private Told(ClusterPicture start) {
            for (MemberPicture member : start.members()) {
                states.put(member.identity(), member.state());
                Map<String, String> visible = new TreeMap<>();
                values.put(member.identity(), visible);
                member.entries().stream()
                        .filter(entry -> entry.status() != EntryStatus.TOMBSTONE)
                        .forEach(entry -> visible.put(entry.key(), entry.value()));
            }
        }

        private void members(MembersPublication change) {
            for (NodeIdentity joined : change.joined()) {
                if (states.putIfAbsent(joined, MemberState.DEAD) == null) {
                    values.put(joined, new TreeMap<>());
                }
            }
            change.alive().forEach(member -> states.replace(member, MemberState.LIVE));
            change.dead().forEach(member -> states.replace(member, MemberState.DEAD));
            change.left().forEach(member -> states.replace(member, MemberState.LEFT));
            states.keySet().removeAll(change.removed());
            values.keySet().removeAll(change.removed());
        }

        private void key(KeyEvent event) {
            Map<String, String> keys = values.get(event.member());
            if (keys == null) {
                return; // of someone who is not listed: the picture ignores it, too
            }
            if (event.isSet()) {
                keys.put(event.key(), event.value());
            } else {
                keys.remove(event.key());
            }
        }
    }

    @Test
    void goesOnWhenHandlersThrow() throws Exception {
        ClusterView view = node.follow();
        LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        node.vertx.exceptionHandler(thrown::add);
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        view.onPublication(publication -> {
            throw new IllegalStateException("publication");
        });
        view.onPublication(told::add);
        view.onKeys("", event -> {
            throw new AssertionError("key");
        });
        view.await(
                        picture -> {
                            throw new IllegalStateException("condition");
                        },
                        Duration.ofSeconds(Waiting.SECONDS))
                .onFailure(told::add);
        view.await(picture -> picture.sequence() == 1, Duration.ofSeconds(Waiting.SECONDS))
                .onSuccess(picture -> {
                    throw new IllegalStateException("waiter");
                });
        node.publish(Samples.keys(1, A, Samples.set("x", "1", 1), Samples.set("y", "2", 2)));
        node.assertReachesTheTruth(view);

        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(String.valueOf(thrown.poll(Waiting.SECONDS, TimeUnit.SECONDS)));
        }
        assertThat(messages)
                .containsExactlyInAnyOrder(
                        "java.lang.IllegalStateException: publication",
                        "java.lang.AssertionError: key",
                        "java.lang.AssertionError: key",
                        "java.lang.IllegalStateException: waiter");
        assertThat(told).hasSize(2);
    }

    @Test
    void callsNoHandlerThatWasTakenAway() throws Exception {
        ClusterView view = node.follow();
        List<Object> told = Collections.synchronizedList(new ArrayList<>());
        List<Registration> registrations = List.of(
                view.onPublication(told::add),
                view.onReset(told::add),
                view.onMembers(told::add),
                view.onKeys("", told::add),
                view.onChange(told::add));
        registrations.forEach(Registration::close);
        registrations.forEach(Registration::close);
        node.publish(Samples.joined(1, B));
        node.miss(Samples.removed(2, B));
        node.publish(Samples.joined(3, B));
        node.answer(node.truth);
        node.assertReachesTheTruth(view);
        assertThat(told).isEmpty();
    }

    @Test
    void aHandlerMayTakeItselfAwayBetweenTwoKeysOfOnePublication() throws Exception {
        ClusterView view = node.follow();
        List<KeyEvent> told = Collections.synchronizedList(new ArrayList<>());
        Registration[] own = new Registration[1];
        own[0] = view.onKeys("", event -> {
            told.add(event);
            own[0].close();
        });
        node.publish(Samples.keys(1, A, Samples.set("x", "1", 1), Samples.set("y", "2", 2)));
        node.assertReachesTheTruth(view);
        assertThat(told).hasSize(1);
    }

    @Test
    void aHandlerThatBlocksDelaysNoOtherView() throws Exception {
        ClusterView quick = node.follow();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        BlockingViewer viewer = new BlockingViewer(entered, blocked, seen);
        Future<String> deployed =
                node.vertx.deployVerticle(viewer, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
        node.answer(node.truth);
        Waiting.result(deployed);

        node.publish(Samples.joined(1, B));
        assertThat(entered.await(Waiting.SECONDS, TimeUnit.SECONDS)).isTrue();
        node.publish(Samples.removed(2, B));
        node.publish(Samples.joined(3, B));
        node.assertReachesTheTruth(quick);
        assertThat(seen).containsExactly(1L);

        blocked.countDown();
        node.assertReachesTheTruth(Waiting.result(viewer.view.future()));
        assertThat(seen).containsExactly(1L, 2L, 3L);
    }

    /** Blocks in its first picture, as a worker may. */
    private static final class BlockingViewer extends VerticleBase {
        private final Promise<ClusterView> view = Promise.promise();
        private final CountDownLatch entered;
        private final CountDownLatch blocked;
        private final List<Long> seen;

        private BlockingViewer(CountDownLatch entered, CountDownLatch blocked, List<Long> seen) {
            this.entered = entered;
            this.blocked = blocked;
            this.seen = seen;
        }

        @Override
        public Future<?> start() {
            return ClusterView.follow(vertx, "gossip").onSuccess(followed -> {
                followed.onChange(this::look);
                view.complete(followed);
            });
        }

        private void look(ClusterPicture picture) {
            seen.add(picture.sequence());
            entered.countDown();
            try {
                assertThat(blocked.await(Waiting.SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void callsHandlersOnTheContextOnWhichTheViewWasCreated() throws Exception {
        Context context = node.vertx.getOrCreateContext();
        Promise<ClusterView> created = Promise.promise();
        context.runOnContext(nothing -> ClusterView.follow(node.vertx, "gossip").onComplete(created));
        node.answer(node.truth);
        ClusterView view = Waiting.result(created.future());
        Promise<Thread> handler = Promise.promise();
        Promise<Thread> waiter = Promise.promise();
        Promise<Thread> expected = Promise.promise();
        view.onKeys("x", event -> handler.complete(Thread.currentThread()));
        view.await(picture -> picture.sequence() == 1, Duration.ofSeconds(Waiting.SECONDS))
                .onSuccess(picture -> waiter.complete(Thread.currentThread()));
        context.runOnContext(nothing -> expected.complete(Thread.currentThread()));
        node.publish(Samples.keys(1, A, Samples.set("x", "1", 1)));
        assertThat(Waiting.result(handler.future())).isSameAs(Waiting.result(expected.future()));
        assertThat(Waiting.result(waiter.future())).isSameAs(Waiting.result(expected.future()));
    }
}
