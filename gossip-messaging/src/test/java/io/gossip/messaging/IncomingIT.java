/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application may do with its stream and its node, right or wrong. */
class IncomingIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void nothingComesAfterPauseInTheHandler() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        talkers.awaitPeers(1);
        for (int i = 0; i < 100; i++) {
            a.direct("b", Buffer.buffer("" + i));
        }
        Waiting.until(() -> Waiting.result(b.statistics()).incoming() == 100, () -> "not all there");
        List<String> heard = Collections.synchronizedList(new ArrayList<>());

        b.incoming().handler(message -> {
            b.incoming().pause();
            heard.add(message.payload().toString());
        });

        Waiting.until(() -> !heard.isEmpty(), () -> "nothing heard");
        assertThat(Waiting.result(b.statistics()).incoming()).isEqualTo(99);
        assertThat(heard).containsExactly("0");
    }

    @Test
    void aHandlerThatFailsHasGotTheMessage() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        talkers.awaitPeers(1);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        b.incoming().exceptionHandler(failures::add).handler(message -> {
            throw new AssertionError("a mistake of the application");
        });

        Waiting.result(Future.join(a.direct("b", Buffer.buffer("1")), a.direct("b", Buffer.buffer("2"))));

        Waiting.until(() -> failures.size() == 2, () -> "" + failures);
    }

    @Test
    void theEndIsToldToWhoAsksLate() {
        MessageNode a = talkers.start("a");
        Waiting.result(a.close());
        Promise<Void> ended = Promise.promise();

        a.incoming().endHandler(ended::complete);

        Waiting.result(ended.future());
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        MessageNode a = talkers.start("a");

        assertThatThrownBy(() -> a.request("b", Buffer.buffer(), Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
        assertThat(Waiting.failure(a.update(new MessageNodeOptions(
                        new GossipOptions(), Talkers.options().setAdvertiseAddress("0.0.0.0:0")))))
                .hasMessageContaining("set advertiseAddress");
    }

    @Test
    void aRequestThatIsOpenWhenTheNodeClosesSaysSo() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        talkers.awaitPeers(1);
        Promise<Void> asked = Promise.promise();
        b.incoming().handler(message -> asked.complete());
        Future<Buffer> reply = a.request("b", Buffer.buffer("?"), Duration.ofMinutes(1));
        Waiting.result(asked.future());

        Waiting.result(a.close());

        assertThat(Waiting.failure(reply))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.CLOSED));
    }
}
