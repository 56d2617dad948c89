/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipService;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatSourceTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeNode node = new FakeNode(vertx).with(member(SELF, MemberState.LIVE, 1));
    private final AtomicLong nanos = new AtomicLong();
    private final HeartbeatSource heartbeats =
            new HeartbeatSource(GossipService.create(vertx, "gossip"), Duration.ofNanos(10), nanos::get);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    @Test
    void reusesAnAnswerForTheInterval() {
        WebFixture.await(node.serve());
        Heartbeats first = WebFixture.await(heartbeats.fresh());
        nanos.set(9);
        assertThat(WebFixture.await(heartbeats.fresh())).isSameAs(first);
        nanos.set(10);
        assertThat(WebFixture.await(heartbeats.fresh())).isNotSameAs(first);
        assertThat(node.snapshots).hasValue(2);
    }

    @Test
    void asksAgainAtOnceAfterAFailure() {
        assertThatThrownBy(() -> WebFixture.await(heartbeats.fresh())).hasMessageContaining("gossip.service");
        WebFixture.await(node.serve());

        WebFixture.await(heartbeats.fresh());

        assertThat(node.snapshots).hasValue(1);
    }
}
