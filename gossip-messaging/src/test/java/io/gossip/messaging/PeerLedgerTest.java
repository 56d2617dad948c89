/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerLedgerTest {
    private static final PeerId SELF = new PeerId("self", 1, 1);
    private static final PeerId PEER = new PeerId("peer", 1, 1);
    private static final int MAX_MESSAGES = 100;
    private static final int MAX_BYTES = 64 << 10;

    private final PeerLedger ledger = new PeerLedger(
            PEER, new MessagingOptions().setMaxUnconfirmedMessages(MAX_MESSAGES).setMaxUnconfirmedBytes(MAX_BYTES));

    @Test
    void makingRoomKeepsMessagesAndBytesWithinTheirBounds() {
        List<OutgoingMessage> all = new ArrayList<>();
        int dropped = 0;
        for (int i = 1; i <= 10_000; i++) {
            OutgoingMessage message = message(i, i % 3 == 0 ? 5_000 : 10);
            all.add(message);
            dropped += ledger.makeRoomFor(message.bytes());
            ledger.add(message);

            assertThat(ledger.size()).isLessThanOrEqualTo(MAX_MESSAGES);
            assertThat(ledger.bytes()).isLessThanOrEqualTo(MAX_BYTES);
        }

        assertThat(dropped).isEqualTo(10_000 - ledger.size());
        assertThat(all.subList(0, dropped)).allSatisfy(message -> {
            Delivery delivery = message.outcome().result();
            assertThat(delivery.failed().get(PEER))
                    .extracting(DeliveryException::reason)
                    .isEqualTo(DeliveryException.Reason.DROPPED);
        });
        assertThat(all.subList(dropped, all.size()))
                .noneMatch(message -> message.outcome().isComplete());
    }

    @Test
    void oneMessageLargerThanTheBoundFitsAlone() {
        OutgoingMessage large = message(1, 2 * MAX_BYTES);

        assertThat(ledger.hasRoomFor(large.bytes())).isTrue();
        ledger.add(large);
        assertThat(ledger.hasRoomFor(1)).isFalse();
        assertThat(ledger.makeRoomFor(1)).isEqualTo(1);
        assertThat(ledger.bytes()).isZero();
    }

    @Test
    void aSmallerLimitGivesUpWhatIsLargerAndKeepsTheChainOfTheRest() {
        for (int i = 1; i <= 4; i++) {
            ledger.add(message(i, i == 2 ? 5_000 : 10));
            ledger.sent(i);
        }

        assertThat(ledger.setMaxPayloadBytes(1_000)).isEqualTo(1);
        assertThat(ledger.setMaxPayloadBytes(1_000)).isZero();

        ledger.rewind();
        assertThat(Objects.requireNonNull(ledger.next()).sequence()).isEqualTo(1);
        assertThat(ledger.before(3)).isEqualTo(1);
        assertThat(ledger.takes(message(5, 1_001))).isFalse();
        assertThat(ledger.takes(message(5, 1_000))).isTrue();
    }

    private static OutgoingMessage message(long sequence, int bytes) {
        Frame.Data data = new Frame.Data(
                SELF, PEER, false, sequence, 0, Frame.Kind.PLAIN, 0, 0, false, Buffer.buffer(new byte[bytes]));
        return new OutgoingMessage(data, Set.of(PEER));
    }
}
