/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the states of the live nodes when one joins, is lost or changes its max version (semantics §12). The extra
 * liveness predicate filters what is published and nothing else.
 */
final class LiveNodesWatch {
    private final Members members;
    private final Effects effects;
    private final @Nullable Predicate<NodeSnapshot> predicate;
    private Map<NodeIdentity, Long> published = Map.of();
    private boolean watched;

    LiveNodesWatch(GossipConfig config, Members members, Effects effects) {
        this.members = members;
        this.effects = effects;
        this.predicate = config.livenessPredicate();
    }

    /** Nobody watched so far, or someone new does: what was published before does not count. */
    void begin() {
        watched = true;
        published = Map.of();
        check();
    }

    /** Costs one pass over the members, and nothing while nobody watches. */
    void check() {
        if (!watched) {
            return;
        }
        Map<NodeIdentity, Long> maxVersions = new LinkedHashMap<>();
        List<NodeState> live = new ArrayList<>();
        for (NodeState node : members.cluster.inOrder()) {
            Member member = members.find(node.identity());
            if (member == null || member.isLive()) {
                maxVersions.put(node.identity(), node.maxVersion());
                live.add(node);
            }
        }
        if (!maxVersions.equals(published)) {
            published = maxVersions;
            publish(live);
        }
    }

    private void publish(List<NodeState> live) {
        List<NodeSnapshot> passing = new ArrayList<>();
        for (NodeState node : live) {
            NodeSnapshot snapshot = node.snapshot();
            if (passes(snapshot)) {
                passing.add(snapshot);
            }
        }
        effects.add(new Effect.LiveNodesChanged(passing));
    }

    // The predicate is the user's: what it throws must not stop the round.
    private boolean passes(NodeSnapshot snapshot) {
        try {
            return predicate == null || predicate.test(snapshot);
        } catch (RuntimeException e) {
            effects.notice(
                    Effect.Notice.Kind.PREDICATE_FAILED,
                    "the extra liveness predicate threw for " + snapshot.identity() + ": " + e);
            return false;
        }
    }
}
