/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that was found out. Immutable.
 *
 * @param node what the node tells of itself
 * @param members whom it lists, itself included
 * @param peers those of them that were asked
 * @param reaches what was tried by gossip address, from where the doctor is
 */
public record Evidence(
        NodeReport node, List<ListedMember> members, List<PeerReport> peers, Map<GossipAddress, Reach> reaches) {
    /**
     * Copies.
     *
     * @param node what the node tells of itself
     * @param members whom it lists, itself included
     * @param peers those of them that were asked
     * @param reaches what was tried by gossip address
     */
    public Evidence {
        members = List.copyOf(members);
        peers = List.copyOf(peers);
        reaches = Map.copyOf(reaches);
    }

    /**
     * What a node tells of itself.
     *
     * @param self who it is
     * @param clusterId the cluster it is in
     * @param clock how its clock stands to that of the doctor
     * @param protocolVersion in which it opens handshakes, {@code v0} or {@code v1}
     * @param seedNodes their addresses
     * @param digest how long its digest is
     * @param condition how it is
     */
    public record NodeReport(
            NodeIdentity self,
            String clusterId,
            ClockReading clock,
            String protocolVersion,
            List<GossipAddress> seedNodes,
            DigestFill digest,
            Condition condition) {
        /**
         * Copies the list.
         *
         * @param self who it is
         * @param clusterId the cluster it is in
         * @param clock how its clock stands to that of the doctor
         * @param protocolVersion in which it opens handshakes
         * @param seedNodes their addresses
         * @param digest how long its digest is
         * @param condition how it is
         */
        public NodeReport {
            seedNodes = List.copyOf(seedNodes);
        }
    }

    /**
     * A clock read over the network.
     *
     * @param aheadMillis by how much it is ahead of the doctor's, in the middle of the question
     * @param uncertaintyMillis half the time that the question took
     */
    public record ClockReading(long aheadMillis, long uncertaintyMillis) {}

    /**
     * How full a digest is.
     *
     * @param bytes its length
     * @param limit the most that a datagram may take, bytes
     * @param partial messages sent so far with a part of it only
     */
    public record DigestFill(int bytes, int limit, long partial) {}

    /**
     * How a node is.
     *
     * @param socketState {@code open} if all is well
     * @param socketError the latest failure of the socket
     * @param ready whether it may be relied on
     * @param readiness why, or why not
     * @param answered whether any member ever answered
     * @param superseded whether a live member has its node id with a greater generation
     * @param refusals answers it got that its cluster id is another
     * @param storeError why its keys cannot be stored; empty if they can, or shall not be
     */
    public record Condition(
            String socketState,
            Optional<String> socketError,
            boolean ready,
            String readiness,
            boolean answered,
            boolean superseded,
            long refusals,
            Optional<String> storeError) {}

    /**
     * A member on a list.
     *
     * @param identity who
     * @param state {@code live}, {@code dead} or {@code left}
     * @param http where it says that it serves HTTP
     * @param protocolVersions those that it says it understands; empty if it says nothing
     */
    public record ListedMember(
            NodeIdentity identity, String state, Optional<String> http, Optional<Set<String>> protocolVersions) {
        /** {@return whether it is live} */
        public boolean isLive() {
            return state.equals("live");
        }
    }

    /**
     * A peer that was asked over HTTP.
     *
     * @param member who
     * @param refusal why it did not answer, one line; empty if it did
     * @param node what it tells of itself
     * @param aboutUs how it lists the node that is examined, one for each generation
     */
    public record PeerReport(
            ListedMember member, Optional<String> refusal, Optional<NodeReport> node, List<ListedMember> aboutUs) {
        /**
         * Copies the list.
         *
         * @param member who
         * @param refusal why it did not answer
         * @param node what it tells of itself
         * @param aboutUs how it lists the node that is examined
         */
        public PeerReport {
            aboutUs = List.copyOf(aboutUs);
        }
    }

    /**
     * What an address did.
     *
     * @param udp when it was sent a SYN
     * @param tcp when it, or where its owner serves HTTP, was connected to
     */
    public record Reach(Udp udp, Tcp tcp) {}

    /** What came back from a SYN. */
    public enum Udp {
        /** A member of the cluster answers. */
        ANSWERS,
        /** A member of another cluster answers. */
        OTHER_CLUSTER,
        /** The machine says that nobody listens there. */
        REFUSED,
        /** Nothing. */
        SILENT
    }

    /** What came of a TCP connection. */
    public enum Tcp {
        /** Somebody listens. */
        CONNECTS,
        /** The machine says that nobody listens there. */
        REFUSED,
        /** Nothing. */
        SILENT
    }

    /** The members other than the node itself. */
    List<ListedMember> others() {
        return members.stream()
                .filter(member -> !member.identity().equals(node.self()))
                .toList();
    }

    /** What an address did, if it was tried. */
    Optional<Reach> reach(GossipAddress address) {
        return Optional.ofNullable(reaches.get(address));
    }
}
