/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One member's picture of the cluster, kept from its events alone, and the laws that can be judged by it. */
final class Mirror {
    private static final class Copy {
        MemberState state;
        long maxVersion;
        long lastGcVersion;
        final Map<String, KeyMutation> keys = new HashMap<>();
        final Map<String, Long> deletedAt = new HashMap<>();

        Copy(MemberState state) {
            this.state = state;
        }
    }

    private final Verdicts verdicts;
    private final Histories histories;
    private final NodeIdentity self;
    private final Map<NodeIdentity, Copy> copies = new HashMap<>();
    private final Map<NodeIdentity, Long> heartbeats = new HashMap<>();
    private final Map<NodeIdentity, Long> removedAt = new HashMap<>();
    private final Map<NodeIdentity, Long> returned = new HashMap<>();

    Mirror(Verdicts verdicts, Histories histories, ClusterSnapshot start) {
        this.verdicts = verdicts;
        this.histories = histories;
        this.self = start.self();
        for (MemberSnapshot member : start.members()) {
            Copy copy = new Copy(member.state());
            copy.maxVersion = member.node().maxVersion();
            copy.lastGcVersion = member.node().lastGcVersion();
            member.node().entries().forEach(e -> copy.keys.put(e.key(), e));
            copies.put(member.identity(), copy);
        }
    }

    void apply(ClusterEvent event) {
        NodeIdentity identity = event.identity();
        if (event instanceof ClusterEvent.MemberJoined) {
            if (copies.put(identity, new Copy(MemberState.DEAD)) != null) {
                verdicts.broken(LawBook.SNAPSHOT_PLUS_EVENTS, self + " lists " + identity + " twice");
            }
            Long removed = removedAt.remove(identity);
            if (removed != null) {
                returned.put(identity, removed);
            }
        } else if (event instanceof ClusterEvent.MemberAlive) {
            state(identity, MemberState.LIVE);
        } else if (event instanceof ClusterEvent.MemberDead) {
            state(identity, MemberState.DEAD);
        } else if (event instanceof ClusterEvent.MemberLeft) {
            state(identity, MemberState.LEFT);
        } else if (event instanceof ClusterEvent.MemberRemoved) {
            removed(identity);
        } else if (event instanceof ClusterEvent.KeysChanged changed) {
            changed(changed);
        } else {
            throw new AssertionError("unhandled event: " + event);
        }
    }

    private void state(NodeIdentity identity, MemberState state) {
        Copy copy = copies.get(identity);
        if (copy == null) {
            verdicts.broken(LawBook.SNAPSHOT_PLUS_EVENTS, self + " calls " + identity + ", not listed, " + state);
        } else {
            copy.state = state;
        }
    }

    private void removed(NodeIdentity identity) {
        if (copies.remove(identity) == null) {
            verdicts.broken(LawBook.SNAPSHOT_PLUS_EVENTS, self + " removes " + identity + ", which is not listed");
        }
        Long heartbeat = heartbeats.remove(identity);
        if (heartbeat != null) {
            removedAt.put(identity, heartbeat);
        }
    }

    private void changed(ClusterEvent.KeysChanged event) {
        Copy copy = copies.get(event.identity());
        if (copy == null) {
            verdicts.broken(LawBook.SNAPSHOT_PLUS_EVENTS, self + " has keys of " + event.identity() + ", not listed");
            return;
        }
        int byGc = Long.compareUnsigned(event.lastGcVersion(), copy.lastGcVersion);
        if (byGc < 0 || (byGc == 0 && Long.compareUnsigned(event.maxVersion(), copy.maxVersion) < 0)) {
            verdicts.broken(
                    LawBook.VERSIONS_NEVER_DECREASE,
                    "at %s, %s went from gc %d max %d to gc %d max %d"
                            .formatted(
                                    self,
                                    event.identity(),
                                    copy.lastGcVersion,
                                    copy.maxVersion,
                                    event.lastGcVersion(),
                                    event.maxVersion()));
        }
        copy.lastGcVersion = event.lastGcVersion();
        copy.maxVersion = event.maxVersion();
        if (event.reset()) {
            copy.keys.clear();
        }
        for (KeyChange change : event.changes()) {
            apply(event.identity(), copy, change);
        }
    }

    private void apply(NodeIdentity owner, Copy copy, KeyChange change) {
        KeyMutation mutation = Histories.mutation(change);
        if (mutation == null) {
            copy.keys.remove(change.key());
            return;
        }
        copy.keys.put(change.key(), mutation);
        Long deletedAt = copy.deletedAt.get(change.key());
        if (change.kind() == KeyChange.Kind.DELETED) {
            copy.deletedAt.put(change.key(), change.version());
        } else if (deletedAt != null && Long.compareUnsigned(change.version(), deletedAt) <= 0) {
            verdicts.broken(
                    LawBook.NO_RESURRECTION_OF_KEYS,
                    "at %s, key '%s' of %s came back with version %d after its deletion at version %d"
                            .formatted(self, change.key(), owner, change.version(), deletedAt));
        }
    }

    void compare(ClusterSnapshot snapshot) {
        if (snapshot.members().size() != copies.size()) {
            verdicts.broken(
                    LawBook.SNAPSHOT_PLUS_EVENTS,
                    self + " lists " + snapshot.members().size() + " members, by its events " + copies.size());
        }
        for (MemberSnapshot member : snapshot.members()) {
            String difference = difference(copies.get(member.identity()), member);
            if (difference != null) {
                verdicts.broken(
                        LawBook.SNAPSHOT_PLUS_EVENTS, "at " + self + ", " + member.identity() + ": " + difference);
            }
            long heartbeat = member.node().heartbeat();
            heartbeats.put(member.identity(), heartbeat);
            Long before = returned.remove(member.identity());
            // One that runs may well speak of lower heartbeats than it was removed with: those may have been forged.
            boolean rose = before == null || Long.compareUnsigned(heartbeat, before) > 0;
            if (before != null && !rose && !histories.isRunning(member.identity())) {
                verdicts.broken(
                        LawBook.NO_RESURRECTION_OF_MEMBERS,
                        "at %s, %s is listed again with heartbeat %d, it was removed at %d"
                                .formatted(self, member.identity(), heartbeat, before));
            }
        }
    }

    private static @Nullable String difference(@Nullable Copy copy, MemberSnapshot member) {
        if (copy == null) {
            return "no event listed it";
        }
        if (copy.state != member.state()) {
            return "is " + member.state() + ", by its events " + copy.state;
        }
        if (copy.maxVersion != member.node().maxVersion()
                || copy.lastGcVersion != member.node().lastGcVersion()) {
            return "has gc " + member.node().lastGcVersion() + " max "
                    + member.node().maxVersion() + ", by its events gc " + copy.lastGcVersion + " max "
                    + copy.maxVersion;
        }
        if (copy.keys.size() != member.node().entries().size()) {
            return "has " + member.node().entries().size() + " keys, by its events " + copy.keys.size();
        }
        for (KeyMutation entry : member.node().entries()) {
            if (!Objects.equals(copy.keys.get(entry.key()), entry)) {
                return "has " + entry + ", by its events " + copy.keys.get(entry.key());
            }
        }
        return null;
    }
}
