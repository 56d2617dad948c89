/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.web.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderingsTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger made = new AtomicInteger();
    private final Renderings<Integer, State> renderings =
            new Renderings<>(vertx, State::version, question -> state -> document(question));

    /** Equal to no other, as pictures of a cluster are. */
    private static final class State {
        private final int version;

        State(int version) {
            this.version = version;
        }

        int version() {
            return version;
        }
    }

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private Document document(int question) {
        if (question < 0) {
            throw new IllegalStateException("broken");
        }
        made.incrementAndGet();
        return new Document(new EntityTag("t" + question), new Chunks(List.of(Buffer.buffer("x"))));
    }

    private void ask(int question, State state) {
        Promise<Document> answer = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(nothing -> renderings.of(question, state).onComplete(answer));
        WebFixture.await(answer.future().transform(done -> Future.succeededFuture()));
    }

    @Test
    void questionsThatFailAreForgottenToo() {
        IntStream.rangeClosed(1, 100).forEach(i -> ask(-i, new State(1)));

        assertThat(renderings.size()).isEqualTo(64);
    }

    @Test
    void knowsAStateByItsIdentityAlone() {
        ask(1, new State(1));
        ask(1, new State(1));
        assertThat(made).hasValue(1);

        ask(1, new State(2));
        assertThat(made).hasValue(2);
    }
}
