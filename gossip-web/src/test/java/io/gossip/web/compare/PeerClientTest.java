/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.GossipAddress;
import io.gossip.web.WebFixture;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerClientTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    @Test
    void letsGoOfAMemberThatAnswersTooSlowly() {
        Promise<Void> gone = Promise.promise();
        HttpServer slow = WebFixture.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    request.connection().closeHandler(gone::complete);
                    request.response().setChunked(true).write("{");
                })
                .listen(0, "127.0.0.1"));
        PeerClient client = new PeerClient(vertx, 200);
        PeerAddress address = new PeerAddress(GossipAddress.parse("127.0.0.1:" + slow.actualPort()), false);

        var answer = client.get(address, "/", 1_000);

        assertThatThrownBy(() -> WebFixture.await(answer))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(504));
        WebFixture.await(gone.future());
    }
}
