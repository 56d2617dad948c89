/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One unit on a connection between members (docs/messaging.md §2). */
public sealed interface Frame {
    /**
     * The first frame in each direction: who speaks.
     *
     * @param role what the speaker is to the listener
     * @param clusterId the cluster it belongs to; another one is refused
     * @param peer who it is
     */
    record Hello(Role role, String clusterId, PeerId peer) implements Frame {}

    /**
     * A message of an application.
     *
     * @param source who sent it first
     * @param target whom this copy is for; null for all
     * @param isBroadcast whether the message is for all, even if this copy is for one
     * @param sequence number of the message among all that its source sends, from 1
     * @param previous sequence of the message to the same receiver that comes right before this one: who has not got it takes
     *     this one not either. 0 if there is none to wait for
     * @param kind whether a reply is expected, or this is one
     * @param replyTo for a reply: the sequence of the request; otherwise 0
     * @param hops how many proxies have passed it on, 0 to 255
     * @param subscribersOnly whether a proxy passes a broadcast on only to its subscribers and to other proxies, since
     *     its source reaches everybody else by itself
     * @param payload what the application said; not copied
     */
    record Data(
            PeerId source,
            @Nullable PeerId target,
            boolean isBroadcast,
            long sequence,
            long previous,
            Kind kind,
            long replyTo,
            int hops,
            boolean subscribersOnly,
            Buffer payload)
            implements Frame {
        /**
         * Checks that it is for somebody.
         *
         * @param source who sent it first
         * @param target whom this copy is for; null for all
         * @param isBroadcast whether the message is for all, even if this copy is for one
         * @param sequence number of the message among all that its source sends, from 1
         * @param previous sequence of the message to the same receiver that comes right before this one, or 0
         * @param kind whether a reply is expected, or this is one
         * @param replyTo for a reply: the sequence of the request; otherwise 0
         * @param hops how many proxies have passed it on, 0 to 255
         * @param subscribersOnly whether a proxy passes it on only to its subscribers and to other proxies
         * @param payload what the application said; not copied
         * @throws IllegalArgumentException if a message for one names nobody
         */
        public Data {
            if (target == null && !isBroadcast) {
                throw new IllegalArgumentException("a message is for one or for all");
            }
        }

        /** {@return the same message, passed on once more} */
        public Data passedOn() {
            return new Data(
                    source, target, isBroadcast, sequence, previous, kind, replyTo, hops + 1, subscribersOnly, payload);
        }

        @Override
        public String toString() { // a payload may be large, and not for logs
            return "Data[" + source + " -> " + (target == null ? "all" : target) + " #"
                    + Long.toUnsignedString(sequence) + " " + kind + " hops=" + hops + " payload=" + payload.length()
                    + " bytes]";
        }
    }

    /** What a message asks of its receiver. */
    enum Kind {
        /** Nothing. */
        PLAIN(0),
        /** A reply. */
        REQUEST(1),
        /** Nothing: it is the reply to a request. */
        REPLY(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** {@return its number on the wire} */
        int code() {
            return code;
        }
    }

    /**
     * Says that messages were handed to the application.
     *
     * @param receiver who received them
     * @param sender whose messages they are; the acknowledgement travels back to it
     * @param hops how many proxies have passed it on, 0 to 255
     * @param sequences of the messages, 0 to {@value FrameCodec#MAX_ACKED}; not copied. None: messages were missed, all that
     *     are unconfirmed are to be sent again
     */
    record Ack(PeerId receiver, PeerId sender, int hops, long[] sequences) implements Frame {
        /** {@return the same acknowledgement, passed on once more} */
        public Ack passedOn() {
            return new Ack(receiver, sender, hops + 1, sequences);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ack ack
                    && receiver.equals(ack.receiver)
                    && sender.equals(ack.sender)
                    && hops == ack.hops
                    && Arrays.equals(sequences, ack.sequences);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sequences);
        }

        @Override
        public String toString() {
            return "Ack[" + receiver + " -> " + sender + " " + sequences.length + " messages]";
        }
    }

    /** A sign of life, sent when there was nothing else to say; also while the speaker reads nothing. */
    record Alive() implements Frame {}

    /**
     * The last frame before a connection is closed on purpose.
     *
     * @param reason why, one line for a log
     */
    record Goodbye(String reason) implements Frame {}
}
