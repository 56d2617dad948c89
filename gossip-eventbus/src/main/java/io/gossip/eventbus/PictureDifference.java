/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What publications would have told on the way from one picture to another, in as few as possible: for handlers that
 * are to miss nothing when a snapshot takes the place of a picture, or when a member's keys start over.
 */
final class PictureDifference {
    private static final Comparator<KeyChange> BY_VERSION =
            Comparator.comparing(KeyChange::version, Long::compareUnsigned);

    private PictureDifference() {}

    /** Members that came, went or changed their state; empty if none did. Numbered like the later picture. */
    static Optional<MembersPublication> members(ClusterPicture before, ClusterPicture after) {
        List<NodeIdentity> joined = new ArrayList<>();
        List<NodeIdentity> alive = new ArrayList<>();
        List<NodeIdentity> dead = new ArrayList<>();
        List<NodeIdentity> left = new ArrayList<>();
        for (MemberPicture member : after.members()) {
            Optional<MemberPicture> known = before.member(member.identity());
            if (known.isEmpty()) {
                joined.add(member.identity());
            }
            MemberState state = known.map(MemberPicture::state).orElse(MemberState.DEAD); // as the newly joined are
            if (member.state() != state) {
                switch (member.state()) {
                    case LIVE -> alive.add(member.identity());
                    case DEAD -> dead.add(member.identity());
                    case LEFT -> left.add(member.identity());
                }
            }
        }
        List<NodeIdentity> removed = before.members().stream()
                .map(MemberPicture::identity)
                .filter(identity -> after.member(identity).isEmpty())
                .toList();
        if (joined.isEmpty() && alive.isEmpty() && dead.isEmpty() && left.isEmpty() && removed.isEmpty()) {
            return Optional.empty();
        }
        List<NodeIdentity> live =
                after.liveMembers().stream().map(MemberPicture::identity).toList();
        return Optional.of(
                new MembersPublication(after.sequence(), after.clusterId(), joined, alive, dead, left, removed, live));
    }

    /** All changes of keys of members that the later picture lists, one publication for each member that has some. */
    static List<KeysPublication> keys(ClusterPicture before, ClusterPicture after) {
        List<KeysPublication> publications = new ArrayList<>();
        for (MemberPicture member : after.members()) {
            KeysPublication publication = keys(before, after, member);
            if (!publication.changes().isEmpty()) {
                publications.add(publication);
            }
        }
        return publications;
    }

    /** The changes of one member's keys, without a reset: what was forgotten is told as expired. */
    static KeysPublication keys(ClusterPicture before, ClusterPicture after, MemberPicture member) {
        List<KeyMutation> old =
                before.member(member.identity()).map(MemberPicture::entries).orElse(List.of());
        return new KeysPublication(
                after.sequence(),
                after.clusterId(),
                member.identity(),
                false,
                member.maxVersion(),
                member.lastGcVersion(),
                changes(old, member.entries()));
    }

    private static List<KeyChange> changes(List<KeyMutation> before, List<KeyMutation> after) {
        List<KeyChange> changes = new ArrayList<>();
        int next = 0;
        for (KeyMutation entry : after) {
            while (next < before.size() && Utf8.compare(before.get(next).key(), entry.key()) < 0) {
                changes.add(expired(before.get(next++)));
            }
            boolean known = next < before.size() && before.get(next).key().equals(entry.key());
            if (!known || !before.get(next).equals(entry)) {
                changes.add(KeyChange.of(entry));
            }
            next += known ? 1 : 0;
        }
        before.subList(next, before.size()).forEach(entry -> changes.add(expired(entry)));
        changes.sort(BY_VERSION);
        return changes;
    }

    private static KeyChange expired(KeyMutation entry) {
        return new KeyChange(entry.key(), entry.value(), entry.version(), KeyChange.Kind.EXPIRED);
    }
}
