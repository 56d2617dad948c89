/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.DeliveryException.Reason;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiFunction;

/**
 * A message from another member.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class IncomingMessage {
    private final Frame.Data data;
    private final BiFunction<Frame.Data, Buffer, Future<Void>> replier;

    IncomingMessage(Frame.Data data, BiFunction<Frame.Data, Buffer, Future<Void>> replier) {
        this.data = data;
        this.replier = replier;
    }

    /** {@return who sent it} */
    public PeerId sender() {
        return data.source();
    }

    /** {@return its number among all that its sender sends, unsigned, from 1} */
    public long sequence() {
        return data.sequence();
    }

    /** {@return what was said; must not be changed} */
    public Buffer payload() {
        return data.payload();
    }

    /** {@return whether it was meant for all members} */
    public boolean isBroadcast() {
        return data.isBroadcast();
    }

    /** {@return whether its sender waits for a reply} */
    public boolean isRequest() {
        return data.kind() == Frame.Kind.REQUEST;
    }

    /**
     * Answers a request. Only the first reply of each member counts.
     *
     * @param payload the reply
     * @return completes when the sender of the request acknowledged the reply; fails with a {@link DeliveryException}
     * @throws IllegalStateException if the message is no request
     */
    public Future<Void> reply(Buffer payload) {
        if (!isRequest()) {
            throw new IllegalStateException("nobody waits for a reply to " + this);
        }
        return replier.apply(data, payload);
    }

    int bytes() {
        return data.payload().length();
    }

    Frame.Data data() {
        return data;
    }

    static DeliveryException gone(PeerId peer) {
        return new DeliveryException(Reason.NO_SUCH_PEER, peer + " is not live or takes no messages");
    }

    @Override
    public String toString() {
        return data.toString();
    }
}
