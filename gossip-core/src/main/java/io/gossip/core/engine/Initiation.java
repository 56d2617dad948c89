/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.state.VersionedValue;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which version handshakes are opened ({@link ProtocolChoice}).
 *
 * <p>Answers come in the version of the question, so who answers a SYN in V1, or sends one, reads V1. Members of this
 * project also say so themselves in {@link ReservedKeys#PROTOCOL}. About the others we ask: now and then one live member
 * gets a SYN in V1 <i>besides</i> those of the round, which stay in V0, so nothing is lost by a question that is not
 * understood. Each unanswered one doubles the time to the next to the same member.
 *
 * <p>What was heard lapses unless it is heard again, as it is from everyone who reads V1 once all SYNs are in V1: a datagram
 * in V1 with a forged source does not keep us from a member that reads V0 only for ever (ADR 41).
 *
 * <p>What is known belongs to an identity: another generation at the same address may be another program. Whoever is not
 * live, or not known at all, gets V0, for that is how they can come back.
 */
final class Initiation {
    private static final int FIRST_PAUSE_ROUNDS = 2;
    private static final int LONGEST_PAUSE_ROUNDS = 512;

    /** How long a member counts as a reader of V1 after it was heard; with many members each is heard more rarely. */
    private static final int SHORTEST_BELIEF_ROUNDS = 256;

    private static final int BELIEF_ROUNDS_PER_MEMBER = 4;

    private final Members members;
    private ProtocolChoice choice;
    private final Map<GossipAddress, List<Member>> live = new HashMap<>();
    private long peersVersion = -1;
    private boolean everyoneReadsV1;
    private long round;

    Initiation(GossipConfig config, Members members) {
        this.members = members;
        this.choice = config.protocolVersion();
    }

    void reconfigure(GossipConfig config) {
        choice = config.protocolVersion();
        peersVersion = -1;
    }

    /** The version for the SYNs to live members. */
    ProtocolVersion version() {
        return switch (choice) {
            case V0 -> ProtocolVersion.V0;
            case V1 -> ProtocolVersion.V1;
            case AUTO -> everyoneReadsV1 ? ProtocolVersion.V1 : ProtocolVersion.V0;
        };
    }

    /** The version for a SYN to an address, whoever is there. */
    ProtocolVersion towards(GossipAddress target) {
        return choice == ProtocolChoice.AUTO && !live.containsKey(target) ? ProtocolVersion.V0 : version();
    }

    /** Takes note of the version in which somebody spoke to us. */
    void heard(ProtocolVersion version, GossipAddress source) {
        if (choice == ProtocolChoice.AUTO && version == ProtocolVersion.V1) {
            long until = round + Math.max(SHORTEST_BELIEF_ROUNDS, BELIEF_ROUNDS_PER_MEMBER * (long) live.size());
            live.getOrDefault(source, List.of()).forEach(member -> member.readsV1UntilRound = until);
        }
    }

    /** Decides for this round; whom to ask in V1 besides, null for nobody. */
    @Nullable
    GossipAddress roundBegins() {
        if (choice != ProtocolChoice.AUTO) {
            return null;
        }
        round++;
        if (peersVersion != members.peersVersion()) {
            peersVersion = members.peersVersion();
            collectLive();
        }
        everyoneReadsV1 = !live.isEmpty();
        Member due = null;
        for (List<Member> there : live.values()) {
            for (Member member : there) {
                if (!readsV1(member)) {
                    everyoneReadsV1 = false;
                    due = isDue(member) && (due == null || isBefore(member, due)) ? member : due;
                }
            }
        }
        return due == null ? null : ask(due);
    }

    private GossipAddress ask(Member member) {
        member.askPauseRounds = Math.min(LONGEST_PAUSE_ROUNDS, Math.max(FIRST_PAUSE_ROUNDS, 2 * member.askPauseRounds));
        member.askAgainInRound = round + member.askPauseRounds;
        return member.identity().gossipAddress();
    }

    private boolean isDue(Member member) {
        return member.askAgainInRound <= round;
    }

    // Who has waited longest; of those, an order that does not change from run to run.
    private static boolean isBefore(Member left, Member right) {
        return left.askAgainInRound != right.askAgainInRound
                ? left.askAgainInRound < right.askAgainInRound
                : left.identity().compareTo(right.identity()) < 0;
    }

    private boolean readsV1(Member member) {
        return member.readsV1UntilRound > round || saysSo(member);
    }

    private static boolean saysSo(Member member) {
        VersionedValue value = member.node.get(ReservedKeys.PROTOCOL);
        String said = value == null || value.isDeleted() ? "" : value.value();
        if (!said.equals(member.protocolRead)) {
            member.protocolRead = said;
            member.saysV1 = Arrays.asList(said.split(",", -1)).contains(Integer.toString(ProtocolVersion.V1.code()));
        }
        return member.saysV1;
    }

    private void collectLive() {
        live.clear();
        for (Member member : members.inOrder()) {
            GossipAddress address = member.identity().gossipAddress();
            if (member.isLive() && !member.unlisted && members.canBeElsewhere(address)) {
                live.computeIfAbsent(address, there -> new ArrayList<>(1)).add(member);
            }
        }
    }
}
