/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The readers of {@link LoadMeasurement}, in a process of their own, so that neither their garbage nor their loops are
 * counted as the server's. Does what it is told on standard input, a command a line, and answers with a line each.
 */
final class LoadClients {
    private static final int CONNECTIONS = 8;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(2_000));
    private final Queue<HttpClientRequest> streams = new ConcurrentLinkedQueue<>();
    private final AtomicLong polled = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();
    private final int port;

    private LoadClients(int port) {
        this.port = port;
    }

    /** Arguments: the server's port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LoadClients clients = new LoadClients(Integer.parseInt(arguments[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(clients.answer(words[0], Integer.parseInt(words[1])));
        }
        System.exit(0);
    }

    private String answer(String command, int number) throws InterruptedException {
        switch (command) {
            case "stream" -> repeat(number, this::stream);
            case "poll" -> repeat(number, this::poll);
            case "hangup" -> {
                streams.forEach(HttpClientRequest::reset);
                streams.clear();
            }
            case "unchanged" -> {
                return unchanged(number);
            }
            case "tell" -> {
                return opened.getAndSet(0) + " streams opened, " + polled.getAndSet(0) + " polls, "
                        + (received.getAndSet(0) >> 20) + " MB received";
            }
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
        return "done";
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private RequestOptions request(String uri) {
        return new RequestOptions().setMethod(HttpMethod.GET).setPort(port).setURI(uri);
    }

    private void stream() {
        client.request(request("/api/v1/events"))
                .onSuccess(streams::add)
                .compose(HttpClientRequest::send)
                .onSuccess(response -> {
                    opened.incrementAndGet();
                    response.handler(chunk -> received.addAndGet(chunk.length()));
                });
    }

    private void poll() {
        client.request(request("/"))
                .compose(HttpClientRequest::send)
                .compose(response -> {
                    response.handler(chunk -> received.addAndGet(chunk.length()));
                    return response.end();
                })
                .onComplete(done -> {
                    polled.incrementAndGet();
                    vertx.setTimer(1_000, timer -> poll());
                });
    }

    private String unchanged(int requests) throws InterruptedException {
        String tag = WebFixture.await(client.request(request("/"))
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response.getHeader("ETag"))));
        CountDownLatch left = new CountDownLatch(requests);
        AtomicLong toSend = new AtomicLong(requests);
        long start = System.nanoTime();
        repeat(CONNECTIONS, () -> nextUnchanged(tag, toSend, left));
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no answer for 5 minutes");
        }
        return String.format(
                "%.0f requests/s on %d connections", requests * 1e9 / (System.nanoTime() - start), CONNECTIONS);
    }

    private void nextUnchanged(String tag, AtomicLong toSend, CountDownLatch left) {
        if (toSend.getAndDecrement() <= 0) {
            return;
        }
        client.request(request("/").putHeader("If-None-Match", tag))
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(response.statusCode()))
                .onComplete(answered -> {
                    if (!Integer.valueOf(304).equals(answered.result())) {
                        throw new IllegalStateException("not 304 but " + answered);
                    }
                    left.countDown();
                    nextUnchanged(tag, toSend, left);
                });
    }
}
