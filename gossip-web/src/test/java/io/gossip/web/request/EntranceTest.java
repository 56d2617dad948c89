/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.web.WebFixture;
import io.gossip.web.pace.Entrance;
import io.gossip.web.pace.Turns;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private static final long A_LONG_TIME = 2_000_000; // more than is allowed at once

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> calls = new ArrayList<>();
    private final Entrance entrance =
            new Entrance(new Turns(later::add, () -> nanos.addAndGet(A_LONG_TIME)), request -> calls.add("in"));

    @Test
    void letsInAtOnceWhenThereIsNothingElseToDo() {
        entrance.handle(request(false));

        assertThat(calls).containsExactly("in");
    }

    @Test
    void keepsTheBodyOfWhoHasToWait() {
        entrance.handle(request(false));
        entrance.handle(request(false));
        assertThat(calls).containsExactly("in", "pause");

        later.remove().run();
        assertThat(calls).containsExactly("in", "pause", "in", "resume");
    }

    @Test
    void forgetsWhoGoesAwayWhileWaiting() {
        entrance.handle(request(false));
        entrance.handle(request(true));

        later.remove().run();
        assertThat(calls).containsExactly("in", "pause");
    }

    @Test
    void manyAtOnceAllGetTheirBodiesThrough() {
        Vertx vertx = Vertx.vertx();
        WebClient client = WebClient.create(
                vertx, new io.vertx.ext.web.client.WebClientOptions(), new PoolOptions().setHttp1MaxSize(50));
        try {
            Turns slow = new Turns(next -> vertx.setTimer(1, timer -> next.run()), () -> nanos.addAndGet(A_LONG_TIME));
            int port = WebFixture.await(vertx.createHttpServer()
                            .requestHandler(new Entrance(slow, EntranceTest::tellLength))
                            .listen(0, "127.0.0.1"))
                    .actualPort();
            List<Future<HttpResponse<Buffer>>> answers = IntStream.range(0, 50)
                    .mapToObj(
                            i -> client.put(port, "127.0.0.1", "/").sendBuffer(Buffer.buffer("b".repeat(100_000 + i))))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(WebFixture.await(answers.get(i)).bodyAsString()).isEqualTo(Integer.toString(100_000 + i));
            }
        } finally {
            client.close();
            WebFixture.await(vertx.close());
        }
    }

    private static void tellLength(HttpServerRequest request) {
        RequestBody.read(request).onSuccess(body -> request.response().end(Integer.toString(body.length())));
    }

    private HttpServerRequest request(boolean gone) {
        HttpServerResponse response = played(HttpServerResponse.class, gone);
        return played(HttpServerRequest.class, response);
    }

    private <T> T played(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("response") || method.getName().equals("closed")) {
                        return answer;
                    }
                    calls.add(method.getName());
                    return proxy;
                }));
    }
}
