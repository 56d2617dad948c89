/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.web.WebFixture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedRenderingTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final SharedRendering<String, String> rendering = new SharedRendering<>(vertx, this::make);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private String make(String key) {
        try {
            assertThat(gate.await(WebFixture.BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        made.add(key);
        if (key.equals("broken")) {
            throw new IllegalStateException("broken");
        }
        return "document " + key;
    }

    /** Asks for all of them before any can be made. */
    private Future<List<String>> ask(String... keys) {
        Promise<List<String>> answers = Promise.promise();
        context.runOnContext(nothing -> {
            List<Future<String>> asked = Stream.of(keys).map(rendering::of).toList();
            gate.countDown();
            Future.all(asked).map(all -> all.<String>list()).onComplete(answers);
        });
        return answers.future();
    }

    @Test
    void whoAsksForWhatIsBeingMadeWaitsAndWhoAsksForMoreSharesTheNext() {
        Future<List<String>> asked = ask("1", "1", "2", "2", "3", "1");

        assertThat(WebFixture.await(asked))
                .containsExactly("document 1", "document 1", "document 3", "document 3", "document 3", "document 1");
        assertThat(made).containsExactly("1", "3");
        assertThat(WebFixture.await(ask("3"))).containsExactly("document 3");
        assertThat(made).containsExactly("1", "3");
    }

    @Test
    void aFailureIsNotKept() {
        assertThat(WebFixture.await(ask("broken").otherwise(List.of()))).isEmpty();
        assertThat(WebFixture.await(ask("broken").otherwise(List.of()))).isEmpty();
        assertThat(WebFixture.await(ask("1"))).containsExactly("document 1");
        assertThat(made).containsExactly("broken", "broken", "1");
    }
}
