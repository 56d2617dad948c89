/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaveResourceTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void whoeverRunsItIsToldAlsoIfTheClientIsGoneBeforeTheGoodbyeIsSent() throws IOException {
        Promise<Void> told = Promise.promise();
        web.options.getSecurity().setMaxConnections(1);
        web.node.with(member(SELF, MemberState.LIVE, 1));
        WebFixture.await(web.node.serve());
        GossipWebVerticle verticle = new GossipWebVerticle(web.options).afterLeave(told::complete);
        WebFixture.await(web.vertx.deployVerticle(verticle));
        try (Socket hasty = new Socket(InetAddress.getLoopbackAddress(), verticle.actualPort())) {
            hasty.getOutputStream()
                    .write("POST /api/v1/leave?node_id=self HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(US_ASCII));
            WebFixture.await("it is to leave", () -> !web.node.goodbyes.isEmpty());
        }
        // There is room for one connection: who gets an answer knows that the other is closed.
        WebFixture.await("the server knows that the client is gone", () -> isAnswered(verticle.actualPort()));
        assertThat(told.future().isComplete()).isFalse();

        web.node.goodbyes.remove().run();

        WebFixture.await(told.future());
    }

    private boolean isAnswered(int port) {
        return WebFixture.await(web.client
                .request(HttpMethod.GET, port, "127.0.0.1", "/health/live")
                .send()
                .map(answer -> true)
                .otherwise(false));
    }
}
