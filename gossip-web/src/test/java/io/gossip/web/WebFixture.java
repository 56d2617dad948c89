/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A Vert.x with a fake node, the web verticle on a free port, and a client of it. */
public final class WebFixture implements AutoCloseable {
    public static final int BOUND_SECONDS = 60;

    public final Vertx vertx = Vertx.vertx();
    public final FakeNode node = new FakeNode(vertx);
    public final WebClient client = WebClient.create(
            vertx, new WebClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(50));
    public final GossipWebOptions options =
            new GossipWebOptions().setPort(0).setGossipIntervalMillis(3_600_000); // heartbeats are read once
    private @Nullable ApiContract contract;
    private GossipWebVerticle verticle = new GossipWebVerticle(options);

    public static <T> T await(Future<T> future) {
        return await(BOUND_SECONDS, future);
    }

    public static <T> T await(int boundSeconds, Future<T> future) {
        try {
            return future.await(boundSeconds, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("no result within " + boundSeconds + " s", late);
        }
    }

    public static void await(String what, BooleanSupplier condition) {
        await(BOUND_SECONDS, what, condition);
    }

    public static void await(int boundSeconds, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(boundSeconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen within " + boundSeconds + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // leaves a small machine to those it waits for
        }
    }

    public WebFixture start() {
        await(node.serve());
        return startWebOnly();
    }

    public WebFixture startWebOnly() {
        verticle = new GossipWebVerticle(options);
        contract = null;
        await(vertx.deployVerticle(verticle));
        return this;
    }

    public GossipWebVerticle verticle() {
        return verticle;
    }

    public WebApi api() {
        return java.util.Objects.requireNonNull(verticle.api());
    }

    public long fragmentsMade() {
        return api().fragmentsMade();
    }

    public int port() {
        return verticle.actualPort();
    }

    public HttpRequest<Buffer> request(HttpMethod method, String uri) {
        return client.request(method, port(), "127.0.0.1", uri);
    }

    public HttpResponse<Buffer> get(String uri) {
        return get(uri, Map.of());
    }

    public HttpResponse<Buffer> get(String uri, Map<String, String> headers) {
        return send(HttpMethod.GET, uri, headers, null);
    }

    public HttpResponse<Buffer> send(HttpMethod method, String uri) {
        return send(method, uri, Map.of(), null);
    }

    public HttpResponse<Buffer> send(
            HttpMethod method, String uri, Map<String, String> headers, @Nullable Buffer body) {
        HttpRequest<Buffer> request = request(method, uri);
        headers.forEach(request::putHeader);
        return contract().check(method, uri, await(body == null ? request.send() : request.sendBuffer(body)));
    }

    public HttpResponse<Buffer> form(HttpMethod method, String uri, MultiMap form) {
        return contract().check(method, uri, await(request(method, uri).sendForm(form)));
    }

    /** What the node says of itself. */
    public ApiContract contract() {
        ApiContract known = contract;
        if (known == null) {
            known = new ApiContract(
                    await(request(HttpMethod.GET, "/openapi.json").send()).bodyAsJsonObject());
            contract = known;
        }
        return known;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
