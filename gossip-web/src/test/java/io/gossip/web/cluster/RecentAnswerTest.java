/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipService;
import io.gossip.web.FakeNode;
import io.gossip.web.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentAnswerTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeNode node = new FakeNode(vertx).with(member(SELF, MemberState.LIVE, 1));
    private final AtomicLong nanos = new AtomicLong();
    private final GossipService service = GossipService.create(vertx, "gossip");
    private final RecentAnswer<Heartbeats> heartbeats =
            new RecentAnswer<>(() -> service.snapshot().map(Heartbeats::new), Duration.ofNanos(10), nanos::get);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    @Test
    void reusesAnAnswerForTheInterval() {
        WebFixture.await(node.serve());
        Heartbeats first = WebFixture.await(heartbeats.get());
        nanos.set(9);
        assertThat(WebFixture.await(heartbeats.get())).isSameAs(first);
        nanos.set(10);
        assertThat(WebFixture.await(heartbeats.get())).isNotSameAs(first);
        assertThat(node.snapshots).hasValue(2);
    }

    @Test
    void waitsForAnAnswerThatIsOnItsWayUnlessItSeemsLost() {
        Queue<Promise<String>> asked = new ArrayDeque<>();
        RecentAnswer<String> answer = new RecentAnswer<>(
                () -> {
                    asked.add(Promise.promise());
                    return asked.element().future();
                },
                Duration.ofNanos(10),
                nanos::get);
        Future<String> first = answer.get();
        nanos.set(RecentAnswer.PATIENCE_NANOS - 1);
        assertThat(answer.get()).isSameAs(first);

        nanos.set(RecentAnswer.PATIENCE_NANOS);
        assertThat(answer.get()).isNotNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAgainAtOnceAfterAFailure() {
        assertThatThrownBy(() -> WebFixture.await(heartbeats.get())).hasMessageContaining("gossip.service");
        WebFixture.await(node.serve());

        WebFixture.await(heartbeats.get());

        assertThat(node.snapshots).hasValue(1);
    }
}
