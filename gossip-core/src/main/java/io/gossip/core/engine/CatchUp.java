/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.engine.EngineStats.DatagramType;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.reconcile.Digest;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks again at once when an answer to our SYN had no room for all that its sender knows, instead of in the next round:
 * so the time that a newcomer needs follows the amount of state and not the gossip interval.
 *
 * <p>What the answer brought must have been new, and its digest must still show more. So each SYN sent from here stands
 * for state that arrived, and who has nothing for us is not asked again. Nobody can make us write more than that to
 * anyone: only live members and seed nodes are asked again, only when they answered a SYN of ours, once per SYN, and in
 * one round at most {@value #MOST_PER_ROUND} times altogether.
 */
final class CatchUp {
    /** Some 40,000 small entries per round; what is beyond that waits for the next one. */
    static final int MOST_PER_ROUND = 64;

    private static final int MOST_UNANSWERED = 128;

    private final Members members;
    private final Outgoing outgoing;
    private final Effects effects;
    private final Solicited solicited;
    private final Initiation initiation;
    private final Set<GossipAddress> unanswered = new LinkedHashSet<>();
    private int leftThisRound;

    CatchUp(Members members, Outgoing outgoing, Effects effects, Solicited solicited, Initiation initiation) {
        this.members = members;
        this.outgoing = outgoing;
        this.effects = effects;
        this.solicited = solicited;
        this.initiation = initiation;
    }

    void roundBegins() {
        leftThisRound = MOST_PER_ROUND;
    }

    /** Takes note of a SYN that we sent. */
    void asked(GossipAddress target) {
        unanswered.remove(target); // so that it goes to the end of the order
        unanswered.add(target);
        if (unanswered.size() > MOST_UNANSWERED) {
            unanswered.remove(unanswered.iterator().next());
        }
    }

    /** Takes note of a SYN-ACK and of whether it brought entries that were new; asks again if there is more. */
    void answered(GossipAddress source, Digest digest, boolean broughtNews, long nowNanos) {
        boolean ours = unanswered.remove(source);
        if (!ours || !broughtNews || leftThisRound == 0 || members.trust.of(source) != SourceTrust.Level.VOUCHES) {
            return;
        }
        if (showsMore(digest)) {
            leftThisRound--;
            asked(source);
            solicited.asked(source, nowNanos);
            effects.send(new Effect.Send(
                    outgoing.syn(initiation.towards(source)), source, Effect.Purpose.LIVE, DatagramType.SYN));
        }
    }

    private boolean showsMore(Digest digest) {
        for (int i = 0; i < digest.size(); i++) {
            Member member = members.find(digest.identity(i));
            if (member != null && Long.compareUnsigned(digest.maxVersion(i), member.node.maxVersion()) > 0) {
                return true;
            }
        }
        return false;
    }
}
