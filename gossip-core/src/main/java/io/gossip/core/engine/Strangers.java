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
 * The members that only strangers told us of: how many there may be, and which of them we pass on.
 *
 * <p>Inventing identities costs an attacker nothing. Bounds keep that from mattering: at most a quarter of the member list
 * is open to strangers; one address holds few unproven identities; and none is passed on before it is live. Who is live by
 * its own voice is a stranger no longer. Of those that are live by hearsay alone, at most {@value #SHARED_WITH_RUST_PEERS}
 * are passed on within a dead node grace period while Rust peers may be members, because peers remember them for so long,
 * and a reference node dies when its own digest outgrows a datagram (W2).
 */
final class Strangers {
    private static final int SHARED_WITH_RUST_PEERS = 256;
    private static final int PER_ADDRESS = 8;

    private final List<Member> members = new ArrayList<>();
    private final Map<GossipAddress, List<Member>> perAddress = new HashMap<>();
    private int capacity;
    private int sharesPerPeriod;
    private long periodNanos;
    private int shares;
    private long periodStartNanos;

    Strangers(GossipConfig config) {
        reconfigure(config);
    }

    /** Who is beyond a lower capacity stays until it goes by itself. */
    void reconfigure(GossipConfig config) {
        capacity = Math.max(1, config.maxMembers() / 4);
        sharesPerPeriod = config.profile() == Profile.INTEROP ? Math.min(SHARED_WITH_RUST_PEERS, capacity) : capacity;
        periodNanos = config.deadNodeGrace().toNanos();
    }

    boolean isFull() {
        return members.size() >= capacity;
    }

    boolean hasRoomAt(GossipAddress address) {
        return at(address).size() < PER_ADDRESS;
    }

    /** The strangers that advertise an address; not to be kept. */
    List<Member> at(GossipAddress address) {
        return perAddress.getOrDefault(address, List.of());
    }

    void add(Member member) {
        member.strangerPosition = members.size();
        members.add(member);
        perAddress
                .computeIfAbsent(member.identity().gossipAddress(), a -> new ArrayList<>(1))
                .add(member);
    }

    /** Whether one more stranger that is live by hearsay may be passed on; counts it if so. */
    boolean takeShare(long nowNanos) {
        if (shares == 0 || nowNanos - periodStartNanos >= periodNanos) {
            periodStartNanos = nowNanos;
            shares = 0;
        }
        if (shares >= sharesPerPeriod) {
            return false;
        }
        shares++;
        return true;
    }

    /** Forgets a stranger, because it was removed or is one no longer. */
    void remove(Member member) {
        if (member.strangerPosition < 0) {
            return;
        }
        Member last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.strangerPosition, last);
            last.strangerPosition = member.strangerPosition;
        }
        member.strangerPosition = -1;
        perAddress.computeIfPresent(member.identity().gossipAddress(), (address, there) -> {
            there.remove(member);
            return there.isEmpty() ? null : there;
        });
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
