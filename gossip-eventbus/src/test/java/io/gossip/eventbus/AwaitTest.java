/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitTest {
    private static final Duration LONG = Duration.ofSeconds(Waiting.SECONDS);
    private final ScriptedNode node = new ScriptedNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void completesWithTheFirstPictureThatMeetsTheCondition() throws Exception {
        ClusterView view = node.follow();
        assertThat(Waiting.result(view.await(picture -> true, Duration.ZERO))).isSameAs(view.current());
        Future<ClusterPicture> two = view.await(picture -> picture.liveMembers().size() == 2, LONG);
        node.publish(Samples.keys(1, A, Samples.set("x", "1", 1)));
        node.publish(Samples.joined(2, B));
        node.publish(Samples.keys(3, A, Samples.set("x", "1", 2)));
        assertThat(Waiting.result(two).sequence()).isEqualTo(2);
    }

    @Test
    void completesAfterASnapshotToo() throws Exception {
        ClusterView view = node.follow();
        Future<ClusterPicture> two = view.await(picture -> picture.members().size() == 2, LONG);
        node.miss(Samples.joined(1, B));
        node.publish(Samples.keys(2, A, Samples.set("x", "1", 1)));
        node.answer(node.truth);
        assertThat(Waiting.result(two).sequence()).isEqualTo(2);
    }

    @Test
    void saysWhatItSawLastWhenTimeIsUp() throws Exception {
        ClusterView view = node.follow();
        ServiceInfo service = new ServiceInfo("storage", true, 3, "127.0.0.1:80");
        node.publish(Samples.joined(1, B));
        node.publish(Samples.keys(2, B, Samples.set("service", service.toJson().encode(), 1)));
        node.assertReachesTheTruth(view);

        Throwable failure = Waiting.failure(view.await(picture -> false, Duration.ofMillis(20)));

        assertThat(failure)
                .isInstanceOf(TimeoutException.class)
                .hasMessage(
                        "the condition did not hold within 20 ms; last seen: cluster 'c' #2: 2 live (a, b storage/3)");
    }

    @Test
    void refusesANegativeTimeout() throws Exception {
        ClusterView view = node.follow();
        assertThatThrownBy(() -> view.await(picture -> true, Duration.ofMillis(-1)))
                .hasMessage("timeout must not be negative, was PT-0.001S");
    }

    @Test
    void waitsForEverIfAsked() throws Exception {
        ClusterView view = node.follow();
        Future<ClusterPicture> two = view.await(picture -> picture.sequence() == 1, Duration.ofSeconds(Long.MAX_VALUE));
        node.publish(Samples.joined(1, B));
        assertThat(Waiting.result(two).sequence()).isEqualTo(1);
    }

    @Test
    void failsWhenTheViewIsClosed() throws Exception {
        ClusterView view = node.follow();
        Future<ClusterPicture> never = view.await(picture -> false, LONG);
        Waiting.result(view.close());
        assertThat(Waiting.failure(never)).hasMessage("the view is closed");
        assertThat(Waiting.failure(view.await(picture -> true, LONG))).hasMessage("the view is closed");
    }

    @Test
    void failsWhenTheVerticleThatMadeTheViewIsUndeployed() throws Exception {
        Promise<ClusterView> made = Promise.promise();
        Future<String> deployed = node.vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return ClusterView.follow(vertx, "gossip").onComplete(made);
            }
        });
        node.answer(node.truth);
        Future<ClusterPicture> never = Waiting.result(made.future()).await(picture -> false, LONG);
        Waiting.result(node.vertx.undeploy(Waiting.result(deployed)));
        assertThat(Waiting.failure(never)).hasMessage("the view is closed");
    }
}
