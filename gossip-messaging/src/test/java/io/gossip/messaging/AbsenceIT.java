/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.GossipNodeOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member falls silent, counts as dead, and returns as the one that it was. */
class AbsenceIT {
    private final Talkers talkers = new Talkers(GossipNodeOptions.DEFAULT_PHI_THRESHOLD);

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void nothingIsLostOrDoubledWhenAMemberIsDeadForAMoment() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        List<String> heardByA = inbox(a);
        List<String> heardByB = inbox(b);
        talkers.awaitPeers(1);
        PeerId before = ForeignVisitor.id(a, "b");
        List<Future<?>> sent = new ArrayList<>();
        b.incoming().pause(); // so that some are on their way, heard by b's node but not confirmed
        IntStream.range(0, 1_500).forEach(i -> sent.add(a.direct("b", Buffer.buffer("" + i))));
        IntStream.range(0, 100).forEach(i -> sent.add(b.direct("a", Buffer.buffer("" + i))));
        Waiting.until(() -> Waiting.result(b.statistics()).incoming() >= 500, () -> "" + b.statistics());
        b.incoming().fetch(200);

        talkers.silence("b");
        Waiting.until(
                () -> a.peers().current().isEmpty() && b.peers().current().isEmpty(),
                () -> a.peers().current() + " " + b.peers().current());
        b.incoming().resume(); // hears what it has got, and can confirm it to nobody
        Waiting.until(() -> Waiting.result(b.statistics()).incoming() == 0, () -> "" + b.statistics());
        long confirmedInAbsence = sent.stream().filter(Future::isComplete).count();
        talkers.endSilence();
        Waiting.result(Future.join(sent));
        Waiting.result(a.direct("b", Buffer.buffer("1500")));

        assertThat(confirmedInAbsence).as("the rest had to come again").isLessThan(1_600);
        assertThat(ForeignVisitor.id(a, "b")).as("the same run").isEqualTo(before);
        assertThat(heardByB).containsExactlyElementsOf(numbers(1_501));
        assertThat(heardByA).containsExactlyElementsOf(numbers(100));
        assertThat(Waiting.result(b.statistics()).repeated()).as("told apart").isPositive();
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
