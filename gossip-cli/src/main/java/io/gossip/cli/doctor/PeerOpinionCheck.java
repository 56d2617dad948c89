/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.ListedMember;
import io.gossip.cli.doctor.Evidence.PeerReport;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the peers list the node as it lists itself, and live. */
final class PeerOpinionCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        NodeIdentity self = evidence.node().self();
        List<Finding> findings = new ArrayList<>();
        for (PeerReport peer : evidence.peers()) {
            if (peer.refusal().isEmpty() && peer.member().isLive()) {
                opinion(self, peer).ifPresent(findings::add);
            }
        }
        unasked(evidence).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> opinion(NodeIdentity self, PeerReport peer) {
        String name = peer.member().identity().nodeId();
        Optional<ListedMember> same = peer.aboutUs().stream()
                .filter(listed -> listed.identity().equals(self))
                .findFirst();
        if (same.isPresent()) {
            return same.get().isLive()
                    ? Optional.empty()
                    : Optional.of(Finding.problem(
                            name + " takes this node for " + same.get().state(),
                            "see whether UDP between " + same.get().identity().gossipAddress() + " and "
                                    + peer.member().identity().gossipAddress() + " gets through in both directions"));
        }
        if (peer.aboutUs().isEmpty()) {
            return Optional.of(Finding.problem(
                    name + " does not list this node",
                    "if the node has just started, ask again; otherwise let UDP through from "
                            + self.gossipAddress() + " to "
                            + peer.member().identity().gossipAddress()));
        }
        return Optional.of(other(self, name, peer.aboutUs().get(peer.aboutUs().size() - 1)));
    }

    private static Finding other(NodeIdentity self, String name, ListedMember listed) {
        return Finding.problem(
                name + " knows this node as generation "
                        + Long.toUnsignedString(listed.identity().generation()) + " at "
                        + listed.identity().gossipAddress() + ", not as generation "
                        + Long.toUnsignedString(self.generation()) + " at " + self.gossipAddress(),
                "if the node has just started, ask again; otherwise its --generation must be greater than before, and"
                        + " no other process may have its --node-id");
    }

    private static Optional<Finding> unasked(Evidence evidence) {
        List<PeerReport> refused = evidence.peers().stream()
                .filter(peer -> peer.member().isLive() && peer.refusal().isPresent())
                .toList();
        boolean some = evidence.peers().stream().anyMatch(peer -> peer.refusal().isEmpty());
        if (refused.isEmpty() || some) {
            return Optional.empty();
        }
        return Optional.of(Finding.note(
                "no peer could be asked how it sees this node, "
                        + refused.get(0).member().identity().nodeId() + " for one: "
                        + refused.get(0).refusal().orElse(""),
                "run the doctor where the peers' HTTP ports can be reached; --token-for-peers if they want the same"
                        + " token"));
    }
}
