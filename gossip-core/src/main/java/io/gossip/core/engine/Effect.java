/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.wire.Malformed;
import java.util.List;

/** Something the shell must do, in the order in which the engine hands it out. */
public sealed interface Effect {
    /**
     * Send a datagram.
     *
     * @param datagram its bytes; never changed by anyone from now on, several effects may share them
     * @param target where to
     * @param purpose why, for logs and counters
     * @param type what it is
     */
    record Send(byte[] datagram, GossipAddress target, Purpose purpose, EngineStats.DatagramType type)
            implements Effect {}

    /** Why a datagram is sent. */
    enum Purpose {
        /** A SYN to a live member (or to any known one while none is live). */
        LIVE,
        /** A SYN to a dead member, to notice its return. */
        DEAD,
        /** A SYN to a seed node. */
        SEED,
        /** A SYN that was asked for. */
        REQUESTED,
        /** A SYN that says goodbye. */
        FAREWELL,
        /** An answer to a received message. */
        REPLY
    }

    /**
     * The cluster changed.
     *
     * @param event the change
     */
    record Changed(ClusterEvent event) implements Effect {}

    /**
     * The set of live members or one of their max versions changed (semantics §12). Only produced once
     * {@link Input.LiveNodesWatched} came in.
     *
     * @param liveNodes states of all live nodes that pass the extra liveness predicate, in identity order
     */
    record LiveNodesChanged(List<NodeSnapshot> liveNodes) implements Effect {
        /**
         * Copies the list.
         *
         * @param liveNodes states of all live nodes that pass the extra liveness predicate
         */
        public LiveNodesChanged {
            liveNodes = List.copyOf(liveNodes);
        }
    }

    /** A delta reset a node state: this node is far behind and may want to catch up by other means (semantics §14). */
    record CatchUpSuggested() implements Effect {}

    /**
     * A datagram was refused; already counted, to be logged at a limited rate.
     *
     * @param malformed why
     * @param source where it came from
     * @param bytes its length
     */
    record Refused(Malformed malformed, GossipAddress source, int bytes) implements Effect {}

    /**
     * Something an operator should know; once per change of state, address or name, not per round or datagram. Of each
     * kind at most five are handed out per minute; the fifth says that those of the next minute are only counted
     * ({@link EngineStats#noticesWithheld()}).
     *
     * @param kind what it is about
     * @param text one line for the log
     */
    record Notice(Kind kind, String text) implements Effect {
        /** What a notice is about. */
        public enum Kind {
            /** A peer belongs to another cluster, or says that we do. */
            BAD_CLUSTER,
            /** The digest takes more than 70 % of a datagram, or no longer fits and is sent in part. */
            DIGEST_SIZE,
            /** The cap on known members was reached. */
            MEMBERS_CAPPED,
            /** The cap on keys and values of all members was reached: what does not fit is not taken over. */
            STATE_CAPPED,
            /** Two addresses claim the same node id and generation. */
            DUPLICATE_GENERATION,
            /** A greater generation of our own node id is live, or no longer is. */
            SUPERSEDED,
            /** Peers knew more of us than we do; our versions moved past theirs. */
            OWN_STATE_RENUMBERED,
            /** A member claimed something that cannot be believed (heartbeat or version jump). */
            IMPLAUSIBLE_CLAIM,
            /** The user's extra liveness predicate threw; the node counts as not passing. */
            PREDICATE_FAILED
        }
    }
}
