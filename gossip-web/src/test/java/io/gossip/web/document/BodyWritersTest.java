/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.web.WebFixture;
import io.gossip.web.pace.Turns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyWritersTest {
    private static final int CHUNKS = 4_000; // 62.5 MiB, more than any socket buffer

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final BodyWriters writers = writers(1_000);

    private BodyWriters writers(long mostBytes) {
        return new BodyWriters(mostBytes, nanos::get, new Turns(Runnable::run, nanos::get));
    }

    private static Chunks body(int chunks, int length) {
        return new Chunks(IntStream.range(0, chunks)
                .mapToObj(i -> Buffer.buffer("c".repeat(length)))
                .toList());
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        writers.check();
    }

    @Test
    void handsOutChunksOnlyWhileTheReaderHasRoom() {
        Chunks body = body(5, 1);
        PickyReader reader = new PickyReader();

        writers.write(reader.request(), body);

        assertThat(reader.written).hasSize(2);
        reader.drain();
        assertThat(reader.written).hasSize(4);
        assertThat(reader.ended).isFalse();
        reader.drain();
        assertThat(reader.written).isEqualTo(body.buffers());
        assertThat(reader.ended).isTrue();
        writers.check();
        assertThat(writers.size()).isZero();
        assertThat(writers.cut()).isZero();
    }

    @Test
    void stopsWhenTheReaderIsGone() {
        PickyReader reader = new PickyReader();
        reader.closed = true;

        writers.write(reader.request(), body(1, 1));

        assertThat(reader.written).isEmpty();
        assertThat(reader.ended).isFalse();
        writers.check();
        assertThat(writers.size()).isZero();
    }

    @Test
    void cutsAReaderThatTakesNothing() {
        PickyReader reader = new PickyReader();
        writers.write(reader.request(), body(5, 1));

        pass(BodyWriters.STANDSTILL_SECONDS);
        assertThat(reader.closed).isFalse();
        pass(1);
        assertThat(reader.closed).isTrue();
        assertThat(writers.cut()).isEqualTo(1);
        assertThat(writers.size()).isZero();
    }

    @Test
    void cutsAReaderThatTakesALittleForTooLong() {
        PickyReader reader = new PickyReader();
        Chunks body = body(100, BodyWriters.SLOWEST_BYTES / 10 + 1);
        writers.write(reader.request(), body);

        for (int i = 0; i < 3; i++) {
            pass(20);
            reader.drain();
        }
        pass(10);
        assertThat(reader.closed).as("60 s, and 10 s for its length").isFalse();
        pass(1);
        assertThat(reader.closed).isTrue();
    }

    @Test
    void cutsWhoTookNothingForLongestWhenAllTogetherTakeTooMuch() {
        PickyReader first = new PickyReader();
        PickyReader second = new PickyReader();
        PickyReader third = new PickyReader();
        writers.write(first.request(), body(5, 80));
        nanos.incrementAndGet();
        writers.write(second.request(), body(5, 80));
        nanos.incrementAndGet();
        first.drain();

        writers.write(third.request(), body(5, 80));

        assertThat(List.of(first.closed, second.closed, third.closed)).containsExactly(false, true, false);
    }

    @Test
    void whatDocumentsShareCountsOnceAndTheNewestIsLetBe() {
        Chunks large = body(5, 300);
        List<Buffer> more = new ArrayList<>(large.buffers());
        more.add(Buffer.buffer("changed"));
        PickyReader first = new PickyReader();
        PickyReader second = new PickyReader();
        BodyWriters roomy = writers(1_600);
        roomy.write(first.request(), large);
        roomy.write(second.request(), new Chunks(more));
        assertThat(roomy.cut()).isZero();

        writers.write(first.request(), large);
        assertThat(writers.cut()).as("more than all may take together").isZero();
        writers.write(second.request(), large);
        assertThat(writers.cut()).isZero();
    }

    @Test
    void whoIsCutGetsNoMoreThanWasUnderWay() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (Socket slow = new Socket()) {
            Promise<Void> gone = Promise.promise();
            Promise<Context> waiting = Promise.promise();
            BodyWriters real = new BodyWriters(Long.MAX_VALUE, nanos::get, Turns.on(vertx));
            int port = WebFixture.await(vertx.createHttpServer()
                            .requestHandler(request -> {
                                request.connection().closeHandler(gone::tryComplete);
                                Chunks body = body(CHUNKS, ChunkedBytes.CHUNK);
                                request.response().putHeader("Content-Length", Long.toString(body.length()));
                                real.write(request, body);
                                Context context = vertx.getOrCreateContext();
                                whenStuck(vertx, request.response(), () -> waiting.tryComplete(context));
                            })
                            .listen(0, "127.0.0.1"))
                    .actualPort();
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

            Promise<Void> cut = Promise.promise();
            WebFixture.await(waiting.future()).runOnContext(nothing -> {
                nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
                real.check();
                cut.complete();
            });
            WebFixture.await(cut.future());

            slow.setSoTimeout(1_000 * WebFixture.BOUND_SECONDS);
            assertThat(slow.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .as("what was under way, and then the end")
                    .isLessThan((long) CHUNKS * ChunkedBytes.CHUNK);
            WebFixture.await(gone.future());
        } finally {
            WebFixture.await(vertx.close());
        }
    }

    /** Once nothing was written for 30 looks, 10 ms apart. */
    private static void whenStuck(Vertx vertx, HttpServerResponse response, Runnable then) {
        AtomicLong written = new AtomicLong(-1);
        AtomicLong same = new AtomicLong();
        vertx.setPeriodic(10, timer -> {
            long now = response.bytesWritten();
            same.set(written.getAndSet(now) == now ? same.get() + 1 : 0);
            if (same.get() == 30) {
                vertx.cancelTimer(timer);
                then.run();
            }
        });
    }

    /** A reader that has room for two chunks at a time. */
    private static final class PickyReader {
        final List<Buffer> written = new ArrayList<>();
        boolean closed;
        boolean ended;
        private int room = 2;
        private @Nullable Handler<@Nullable Void> drainHandler;

        HttpServerRequest request() {
            HttpServerResponse response = played(HttpServerResponse.class, this::response);
            HttpConnection connection = played(HttpConnection.class, (method, argument) -> {
                assertThat(method).isEqualTo("close");
                closed = true;
                return Future.succeededFuture();
            });
            return played(
                    HttpServerRequest.class, (method, argument) -> method.equals("response") ? response : connection);
        }

        @SuppressWarnings("unchecked")
        private @Nullable Object response(String method, @Nullable Object argument) {
            switch (method) {
                case "closed" -> {
                    return closed;
                }
                case "writeQueueFull" -> {
                    return room == 0;
                }
                case "write" -> {
                    room--;
                    written.add((Buffer) argument);
                }
                case "setWriteQueueMaxSize" -> {}
                case "drainHandler" -> drainHandler = (Handler<@Nullable Void>) argument;
                case "end" -> ended = true;
                default -> throw new AssertionError("unexpected call: " + method);
            }
            return null;
        }

        private static <T> T played(Class<T> type, BiFunction<String, @Nullable Object, @Nullable Object> answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            answers.apply(method.getName(), arguments == null ? null : arguments[0])));
        }

        void drain() {
            room = 2;
            Handler<@Nullable Void> handler = drainHandler;
            if (handler == null) {
                throw new AssertionError("nobody waits for room");
            }
            handler.handle(null);
        }
    }
}
