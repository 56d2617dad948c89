/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the other members, by identity and by slot ({@link NodeState#slot}).
 *
 * <p>A digest names all of them, and of almost all of them it says nothing that changes more than a few numbers. So what has to
 * be known of each entry stands here in columns, and the {@link Member} itself is looked at only if there is something
 * special about it: with many members, the time goes by waiting for memory (ADR 63).
 */
final class MemberIndex {
    private static final int NOBODY = -1;
    private static final int FEWEST_SLOTS = 8;

    private final ClusterState cluster;
    private final Map<NodeIdentity, Member> byIdentity = new HashMap<>();

    private List<Member> inOrder = List.of();
    private NodeIdentity[] identities = {};
    private int[] slots = {};
    private long inOrderVersion = -1;
    private int found;
    private long digests;

    // by slot
    private @Nullable Member[] bySlot = {};
    private int[] addressHashes = {};
    private boolean[] ordinary = {};
    private long[] mentionedIn = {};

    MemberIndex(ClusterState cluster) {
        this.cluster = cluster;
    }

    void add(Member member) {
        int slot = member.slot();
        if (slot >= bySlot.length) {
            makeRoom(Math.max(FEWEST_SLOTS, slot + 1 + slot / 2));
        }
        byIdentity.put(member.identity(), member);
        bySlot[slot] = member;
        addressHashes[slot] = member.identity().gossipAddress().hashCode();
        ordinary[slot] = false;
        mentionedIn[slot] = 0;
    }

    private void makeRoom(int length) {
        bySlot = Arrays.copyOf(bySlot, length);
        addressHashes = Arrays.copyOf(addressHashes, length);
        ordinary = Arrays.copyOf(ordinary, length);
        mentionedIn = Arrays.copyOf(mentionedIn, length);
    }

    void remove(Member member) {
        byIdentity.remove(member.identity());
        bySlot[member.slot()] = null;
    }

    int size() {
        return byIdentity.size();
    }

    /** The member in the slot of one that is there. */
    Member at(int slot) {
        Member member = bySlot[slot];
        if (member == null) {
            throw new IllegalArgumentException("nobody has slot " + slot);
        }
        return member;
    }

    @Nullable
    Member find(NodeIdentity identity) {
        int slot = slotOf(identity);
        return slot < 0 ? null : bySlot[slot];
    }

    /**
     * The slot of a member, negative if there is none. Digests and deltas name members in order, so the neighbours of the
     * one found last are tried first.
     */
    @SuppressWarnings("ReferenceEquality") // a recognised identity is the very instance that we keep
    int slotOf(NodeIdentity identity) {
        if (isInOrder()) {
            if (found > 0 && identities[found - 1] == identity) {
                return slots[--found];
            }
            if (found + 1 < identities.length && identities[found + 1] == identity) {
                return slots[++found];
            }
        }
        Member member = byIdentity.get(identity);
        if (member == null) {
            return NOBODY;
        }
        found = member.position;
        return member.slot();
    }

    private boolean isInOrder() {
        return inOrderVersion == cluster.membershipVersion();
    }

    /** All in identity order, unlisted ones included; the list is replaced when membership changes. */
    List<Member> inOrder() {
        if (!isInOrder()) {
            inOrderVersion = cluster.membershipVersion();
            inOrder = sorted();
            identities = new NodeIdentity[inOrder.size()];
            slots = new int[inOrder.size()];
            for (int i = 0; i < slots.length; i++) {
                Member member = inOrder.get(i);
                identities[i] = member.identity();
                slots[i] = member.slot();
            }
            found = 0;
        }
        return inOrder;
    }

    private List<Member> sorted() {
        List<Member> sorted = new ArrayList<>(byIdentity.size());
        List<NodeIdentity> all = cluster.inOrder().identities();
        for (int i = 0; i < all.size(); i++) {
            Member member = byIdentity.get(all.get(i));
            if (member != null) {
                member.position = sorted.size();
                member.sharesNodeId = haveOneNodeId(all, i - 1) || haveOneNodeId(all, i);
                sorted.add(member);
                update(member);
            }
        }
        return sorted;
    }

    private static boolean haveOneNodeId(List<NodeIdentity> all, int i) {
        return i >= 0
                && i + 1 < all.size()
                && all.get(i).nodeId().equals(all.get(i + 1).nodeId());
    }

    /** The slot of the member at a position of {@link #inOrder}, as that was made last. */
    int slotInOrder(int position) {
        return slots[position];
    }

    /** Whether this is the address that the member advertises. */
    boolean isAt(int slot, GossipAddress address) {
        return addressHashes[slot] == address.hashCode()
                && at(slot).identity().gossipAddress().equals(address);
    }

    /** Whether a member is as almost all are: see {@link Member#isOrdinary}. */
    boolean isOrdinary(int slot) {
        return ordinary[slot];
    }

    /** To be called after each transition of a member, whether or not {@link Member#isOrdinary} can have changed by it. */
    void update(Member member) {
        ordinary[member.slot()] = member.isOrdinary();
    }

    /** From now on the members are mentioned by another digest. */
    void digestBegins() {
        digests++;
    }

    /** Takes note that the digest mentions a member; returns whether it did not before: an identity counts once. */
    boolean mention(int slot) {
        boolean first = mentionedIn[slot] != digests;
        mentionedIn[slot] = digests;
        return first;
    }

    /** Whether the last digest mentions a member. */
    boolean isMentioned(Member member) {
        return mentionedIn[member.slot()] == digests;
    }
}
