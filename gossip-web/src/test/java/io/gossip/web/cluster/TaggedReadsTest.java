/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static io.gossip.web.WebFixture.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipAddresses;
import io.gossip.eventbus.GossipService;
import io.gossip.web.FakeNode;
import io.gossip.web.document.BodyWriters;
import io.gossip.web.document.Chunks;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between the answer of the node and the turn of the reader. */
class TaggedReadsTest {
    private static final long LONGER_THAN_ANY_BOUND = Duration.ofHours(1).toMillis();

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final Context context = vertx.getOrCreateContext();
    private final FakeNode node = new FakeNode(vertx).with(member(SELF, MemberState.LIVE, 1));
    private final Deque<Runnable> later = new ArrayDeque<>(); // of the context
    private boolean turnsStandStill; // of the context
    private long nanos; // of the context
    private final Turns turns = new Turns(this::later, () -> nanos);
    private final HeldAnswers held = new HeldAnswers(vertx, turns, 10);
    private final FollowedCluster cluster = new FollowedCluster(
                    vertx,
                    GossipAddresses.DEFAULT_PREFIX,
                    GossipService.create(vertx, GossipAddresses.DEFAULT_PREFIX),
                    Duration.ofHours(1),
                    () -> nanos)
            .tell(held);
    private final TaggedReads reads = new TaggedReads(cluster, held, BodyWriters.on(turns), turns);
    private final Promise<RoutingContext> asked = Promise.promise();
    private TaggedReads.Selection selection = TaggedReadsTest::document;
    private int port;

    @BeforeEach
    void start() {
        await(node.serve());
        Router router = Router.router(vertx);
        router.get("/").handler(request -> {
            reads.answer(request, LONGER_THAN_ANY_BOUND, "test", selection);
            asked.tryComplete(request);
        });
        router.errorHandler(
                500,
                request -> request.response()
                        .setStatusCode(request.failure() instanceof ProblemException problem ? problem.status() : 500)
                        .end());
        HttpServer server = on(() -> cluster.start()
                .compose(started ->
                        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1")));
        port = server.actualPort();
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aChangeBetweenTheAnswerOfTheNodeAndTheTurnIsNotWaitedForAgain() {
        turnsStandStill();
        Future<HttpResponse<Buffer>> answer = ask(tag());
        itsTurnIsDue();
        publish();

        turnsGoOn();

        assertThat(await(answer).statusCode()).isEqualTo(200);
        assertThat(await(answer).getHeader("ETag")).isEqualTo(tag());
    }

    @Test
    void aNodeThatIsLostBeforeTheTurnIsNotShown() {
        turnsStandStill();
        Future<HttpResponse<Buffer>> answer = ask("none");
        itsTurnIsDue();
        on(() -> cluster.close("stopping"));

        turnsGoOn();

        assertThat(await(answer).statusCode()).isEqualTo(503);
    }

    @Test
    void aClientThatIsGoneBeforeTheTurnIsNotHeld() throws IOException {
        turnsStandStill();
        RoutingContext request;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = "GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag() + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            request = await(asked.future());
            itsTurnIsDue();
        }
        await(
                "the server hears that the client is gone",
                () -> request.response().closed());

        turnsGoOn();

        assertThat(on(() -> Future.succeededFuture(held.size()))).isZero();
    }

    @Test
    void whatGoesWrongInATurnIsAnswered() {
        selection = picture -> {
            throw new IllegalStateException("broken by the test");
        };
        turnsStandStill();
        Future<HttpResponse<Buffer>> answer = ask("none");
        itsTurnIsDue();

        turnsGoOn();

        assertThat(await(answer).statusCode()).isEqualTo(500);
    }

    private static Supplier<Future<Document>> document(ClusterPicture picture) {
        return () -> Future.succeededFuture(
                new Document(EntityTag.of(picture, "test"), new Chunks(List.of(Buffer.buffer("{}")))));
    }

    private Future<HttpResponse<Buffer>> ask(String tag) {
        return client.get(port, "127.0.0.1", "/")
                .putHeader("If-None-Match", tag)
                .send();
    }

    private String tag() {
        return on(() ->
                Future.succeededFuture(EntityTag.of(cluster.current(), "test").text()));
    }

    private void publish() {
        long before = sequence();
        node.publish("a", "2", before + 1);
        await("the publication is there", () -> sequence() > before);
    }

    private long sequence() {
        return on(() -> Future.succeededFuture(cluster.current().sequence()));
    }

    /** The node has been asked because of the request, and has answered; who asks after it hears after it. */
    private void itsTurnIsDue() {
        await(asked.future());
        on(cluster::picture);
    }

    private void turnsStandStill() {
        run(() -> {
            turnsStandStill = true;
            turns.take(() -> {
                nanos += Duration.ofSeconds(1).toNanos();
                return false;
            });
        });
    }

    private void turnsGoOn() {
        run(() -> {
            turnsStandStill = false;
            while (!later.isEmpty()) {
                later.remove().run();
            }
        });
    }

    private void later(Runnable next) {
        if (turnsStandStill) {
            later.add(next);
        } else {
            vertx.setTimer(1, timer -> next.run());
        }
    }

    private void run(Runnable action) {
        on(() -> {
            action.run();
            return Future.succeededFuture();
        });
    }

    private <T> T on(Supplier<Future<T>> action) {
        Promise<T> result = Promise.promise();
        context.runOnContext(ignored ->
                Future.<Void>succeededFuture().compose(nothing -> action.get()).onComplete(result));
        return await(result.future());
    }
}
