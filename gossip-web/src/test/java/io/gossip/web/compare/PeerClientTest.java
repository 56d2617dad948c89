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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PeerClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final PeerClient client = new PeerClient(vertx, 200);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    @Test
    @Timeout(60)
    void letsGoOfAMemberThatAnswersTooSlowly() {
        Promise<Void> gone = Promise.promise();
        AtomicBoolean asked = new AtomicBoolean();
        HttpServer slow = WebFixture.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.set(true);
                    request.connection().closeHandler(gone::tryComplete);
                    request.response().setChunked(true).write("{");
                })
                .listen(0, "127.0.0.1"));
        PeerAddress address = new PeerAddress(GossipAddress.parse("127.0.0.1:" + slow.actualPort()), false);

        while (!asked.get()) { // on a busy machine the time may be over before the member hears anything
            assertThatThrownBy(() -> WebFixture.await(client.get(address, "/", 1_000)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status()).isEqualTo(504));
        }
        WebFixture.await(gone.future());
    }
}
