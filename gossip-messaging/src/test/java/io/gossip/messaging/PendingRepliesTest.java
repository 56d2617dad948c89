/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
    private static final PeerId SELF = new PeerId("self", 1, 1);
    private static final PeerId B = new PeerId("b", 1, 1);
    private static final PeerId C = new PeerId("c", 1, 1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final PendingReplies replies = new PendingReplies(vertx);

    @AfterEach
    void close() {
        Waiting.result(vertx.close());
    }

    // The reply comes in the same turn of the event loop, before any timer can fire.
    @Test
    void whoIsSilentIsNamedWhenTheTimeIsOver() {
        Replies outcome = ask(Duration.ofMillis(1), request -> {
            replies.received(B, request.sequence(), Buffer.buffer("here"));
            replies.received(B, request.sequence(), Buffer.buffer("once more"));
        });

        assertThat(outcome.received()).containsOnlyKeys(B).containsValue(Buffer.buffer("here"));
        assertThat(outcome.missing()).containsExactly(C);
    }

    @Test
    void nobodyIsWaitedForWhoDidNotGetTheRequest() {
        Replies outcome = ask(Duration.ofDays(1), request -> {
            request.giveUp(C, new DeliveryException(DeliveryException.Reason.PEER_GONE, "left"));
            request.confirm();
            replies.received(B, request.sequence(), Buffer.buffer("here"));
        });

        assertThat(outcome.received()).containsOnlyKeys(B);
        assertThat(outcome.missing()).containsExactly(C);
    }

    /** What happens to a request to both, in one turn. */
    private interface Course {
        void take(OutgoingMessage request);
    }

    private Replies ask(Duration timeout, Course course) {
        Frame.Data data =
                new Frame.Data(SELF, null, true, 7, 0, Frame.Kind.REQUEST, 0, 0, false, Buffer.buffer("who is there"));
        Promise<Replies> done = Promise.promise();
        context.runOnContext(turn -> {
            OutgoingMessage request = new OutgoingMessage(data, Set.of(B, C));
            Future<Replies> outcome = replies.await(request, Set.of(B, C), timeout);
            course.take(request);
            outcome.onComplete(done);
        });
        return Waiting.result(done.future());
    }
}
