/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The members that only strangers told us of: how many there may be, and how many of them we pass on.
 *
 * <p>Inventing identities costs an attacker nothing. Three bounds keep that from mattering: at most a quarter of the
 * member list is open to strangers; one address can hold only a few unproven identities; and while Rust peers may be
 * members, only {@value #SHARED_WITH_RUST_PEERS} strangers appear in our digests, because a reference node dies when its
 * own digest outgrows a datagram (W2).
 */
final class Strangers {
    private static final int SHARED_WITH_RUST_PEERS = 256;
    private static final int PER_ADDRESS = 8;

    private final List<Member> members = new ArrayList<>();
    private final Map<GossipAddress, Integer> perAddress = new HashMap<>();
    private final int capacity;
    private final int shareable;
    private int shared;

    Strangers(GossipConfig config) {
        this.capacity = Math.max(1, config.maxMembers() / 4);
        this.shareable = config.profile() == Profile.INTEROP ? Math.min(SHARED_WITH_RUST_PEERS, capacity) : capacity;
    }

    boolean isFull() {
        return members.size() >= capacity;
    }

    boolean hasRoomAt(GossipAddress address) {
        return perAddress.getOrDefault(address, 0) < PER_ADDRESS;
    }

    /** Takes a new stranger in; it is passed on if there is a free slot. */
    void add(Member member) {
        member.strangerSlot = members.size();
        members.add(member);
        perAddress.merge(member.identity().gossipAddress(), 1, Integer::sum);
        member.shareable = shared < shareable;
        if (member.shareable) {
            shared++;
        }
    }

    /** Forgets a stranger, because it was removed or is one no longer. */
    void remove(Member member) {
        if (member.strangerSlot < 0) {
            return;
        }
        Member last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.strangerSlot, last);
            last.strangerSlot = member.strangerSlot;
        }
        member.strangerSlot = -1;
        perAddress.computeIfPresent(member.identity().gossipAddress(), (a, n) -> n > 1 ? n - 1 : null);
        if (member.shareable) {
            shared--;
        }
    }

    /** A stranger that may be dropped to make room: a random one that is not live; null if a few tries find none. */
    @Nullable
    Member pickForEviction(RandomGenerator random) {
        for (int tries = 0; tries < 8 && !members.isEmpty(); tries++) {
            Member candidate = members.get(random.nextInt(members.size()));
            if (!candidate.isLive()) {
                return candidate;
            }
        }
        return null;
    }
}
