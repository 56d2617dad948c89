/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

import io.gossip.core.engine.Effect;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The laws that hold in every run (architecture §4), judged from outside the engines. Members are told apart by number.
 *
 * <p>Some laws need a whole picture per member; these are judged for watched members only, which are all of them in small
 * runs and some in large ones.
 *
 * <p><b>Threads:</b> confined.
 */
public final class LawBook {
    /** An engine takes any input without throwing. */
    public static final String TOTAL = "total";
    /** No member sends to its own address. */
    public static final String NO_MESSAGE_TO_SELF = "no-message-to-self";
    /** No datagram is longer than configured. */
    public static final String DATAGRAM_SIZE = "datagram-size";
    /** Members, strangers, keys and bytes held stay within the configured bounds. */
    public static final String BOUNDED_MEMORY = "bounded-memory";
    /** What anyone holds of a member is what that member wrote at that version. */
    public static final String OWN_STATE = "own-state";
    /** A copy that claims to include the latest write of a key holds no earlier one. */
    public static final String NOTHING_OVERLOOKED = "nothing-overlooked";
    /** The pair (last GC version, max version) of a listed member never decreases. */
    public static final String VERSIONS_NEVER_DECREASE = "versions-never-decrease";
    /** Who saw a key deleted never sees it again with that version or an older one. */
    public static final String NO_RESURRECTION_OF_KEYS = "no-resurrection-of-keys";
    /** A removed member is listed again only with a greater heartbeat, or while it runs. */
    public static final String NO_RESURRECTION_OF_MEMBERS = "no-resurrection-of-members";
    /** A snapshot and the events after it give the next snapshot. */
    public static final String SNAPSHOT_PLUS_EVENTS = "snapshot-plus-events";
    /** Once all is quiet, all running members agree within a bound. */
    public static final String AGREEMENT = "agreement";
    /** Agreement includes every key. */
    public static final String AGREEMENT_ON_KEYS = "agreement-on-keys";
    /** No running member is called dead, where the scenario says so. */
    public static final String NO_FALSE_DEATHS = "no-false-deaths";
    /** What a scenario expects comes true in time. */
    public static final String EXPECTATION = "expectation";
    /** The same scenario gives the same run, bit for bit. */
    public static final String DETERMINISM = "determinism";

    private final Verdicts verdicts;
    private final Histories histories = new Histories();
    private final @Nullable Mirror[] mirrors;
    private final boolean[] watched;
    private final int datagramBytes;
    private final int maxMembers;

    /**
     * A book for one run.
     *
     * @param members how many there are, numbered from 1
     * @param watchEvery every how manieth member is watched, from 1
     * @param datagramBytes longest datagram allowed
     * @param maxMembers most members that one may list
     * @param excused names of laws that need not hold
     */
    public LawBook(int members, int watchEvery, int datagramBytes, int maxMembers, Set<String> excused) {
        this.verdicts = new Verdicts(excused);
        this.mirrors = new Mirror[members + 1];
        this.watched = new boolean[members + 1];
        for (int number = 1; number <= members; number += watchEvery) {
            watched[number] = true;
        }
        this.datagramBytes = datagramBytes;
        this.maxMembers = maxMembers;
    }

    /** {@return the names of all laws, sorted} */
    public static Set<String> names() {
        return new TreeSet<>(List.of(
                TOTAL,
                NO_MESSAGE_TO_SELF,
                DATAGRAM_SIZE,
                BOUNDED_MEMORY,
                OWN_STATE,
                NOTHING_OVERLOOKED,
                VERSIONS_NEVER_DECREASE,
                NO_RESURRECTION_OF_KEYS,
                NO_RESURRECTION_OF_MEMBERS,
                SNAPSHOT_PLUS_EVENTS,
                AGREEMENT,
                AGREEMENT_ON_KEYS,
                NO_FALSE_DEATHS,
                EXPECTATION,
                DETERMINISM));
    }

    /**
     * Whether a member's whole picture is kept.
     *
     * @param number from 1
     * @return whether it should be sampled
     */
    public boolean isWatched(int number) {
        return watched[number];
    }

    /**
     * Sets the time that violations carry.
     *
     * @param nanos virtual time since the start, ns
     */
    public void now(long nanos) {
        verdicts.now(nanos);
    }

    /**
     * A violation that the run itself found.
     *
     * @param law its name
     * @param text what was seen
     */
    public void broken(String law, String text) {
        verdicts.broken(law, text);
    }

    /**
     * A member began a run.
     *
     * @param number from 1
     * @param own its own state
     * @param picture what it knows
     */
    public void started(int number, NodeSnapshot own, ClusterSnapshot picture) {
        histories.started(own);
        if (watched[number]) {
            mirrors[number] = new Mirror(verdicts, histories, picture);
        }
    }

    /**
     * A member stopped.
     *
     * @param self who
     */
    public void stopped(NodeIdentity self) {
        histories.stopped(self);
    }

    /**
     * A member hands out a datagram.
     *
     * @param self who
     * @param send what
     */
    public void sent(NodeIdentity self, Effect.Send send) {
        if (send.datagram().length > datagramBytes) {
            verdicts.broken(
                    DATAGRAM_SIZE, self + " sends " + send.datagram().length + " bytes, the limit is " + datagramBytes);
        }
        if (send.target().equals(self.gossipAddress())) {
            verdicts.broken(NO_MESSAGE_TO_SELF, self + " sends to itself: " + send.purpose());
        }
    }

    /**
     * A member reports a change.
     *
     * @param number from 1
     * @param self who
     * @param event the change
     */
    public void changed(int number, NodeIdentity self, ClusterEvent event) {
        if (event instanceof ClusterEvent.KeysChanged keys) {
            if (keys.identity().equals(self)) {
                histories.changed(keys);
            } else {
                compareWithHistory(self, keys);
            }
        }
        Mirror mirror = mirrors[number];
        if (mirror != null) {
            mirror.apply(event);
        }
    }

    private void compareWithHistory(NodeIdentity self, ClusterEvent.KeysChanged keys) {
        Histories.History history = histories.of(keys.identity());
        if (history == null) {
            verdicts.broken(
                    OWN_STATE,
                    self + " holds " + keys.changes().size() + " keys of " + keys.identity() + ", which never ran");
            return;
        }
        for (KeyChange change : keys.changes()) {
            KeyMutation mutation = Histories.mutation(change);
            boolean dropped = mutation == null && !history.wrote(change.version());
            if (dropped || (mutation != null && !history.wrote(mutation))) {
                verdicts.broken(
                        OWN_STATE, self + " holds " + change + " of " + keys.identity() + ", which never wrote that");
            }
        }
    }

    /**
     * A look at a member.
     *
     * @param number from 1
     * @param picture what it knows now
     * @param stats its counters
     */
    public void sampled(int number, ClusterSnapshot picture, EngineStats stats) {
        Mirror mirror = mirrors[number];
        if (mirror != null) {
            mirror.compare(picture);
        }
        for (MemberSnapshot member : picture.members()) {
            compareWithHistory(picture.self(), member.node());
        }
        int listed = stats.members().live()
                + stats.members().dead()
                + stats.members().left();
        if (listed > maxMembers || stats.hearsay() > maxMembers) {
            verdicts.broken(
                    BOUNDED_MEMORY,
                    picture.self() + " lists " + listed + " members and " + stats.hearsay()
                            + " by hearsay, the limit is " + maxMembers);
        }
    }

    /**
     * The state bound of a member.
     *
     * @param config how it is configured
     * @param stats its counters
     */
    public void bounded(GossipConfig config, EngineStats stats) {
        if (stats.stateBytes() > config.maxStateBytes()) {
            verdicts.broken(
                    BOUNDED_MEMORY,
                    config.self() + " holds " + stats.stateBytes() + " bytes, the limit is " + config.maxStateBytes());
        }
    }

    // A history is ambiguous once the same generation was started twice, until the owner has renumbered.
    private void compareWithHistory(NodeIdentity self, NodeSnapshot copy) {
        Histories.History history = histories.of(copy.identity());
        if (history == null || history.runs > 1 || copy.identity().equals(self)) {
            return;
        }
        for (KeyMutation entry : copy.entries()) {
            long latest = history.latest(entry.key());
            // What was written yet again later comes with that later version: a cut delta leaves such a gap for a
            // while.
            if (Long.compareUnsigned(entry.version(), latest) < 0
                    && Long.compareUnsigned(latest, copy.maxVersion()) <= 0) {
                verdicts.broken(
                        NOTHING_OVERLOOKED,
                        "at %s, %s has %s up to version %d, but its owner replaced it at version %d"
                                .formatted(self, copy.identity(), entry, copy.maxVersion(), latest));
            }
        }
    }

    /** {@return the first violations, in the order in which they were seen} */
    public List<Violation> violations() {
        return verdicts.violations();
    }

    /** {@return how many violations there were} */
    public long count() {
        return verdicts.count();
    }

    /** {@return how many there were of excused laws} */
    public long excusedCount() {
        return verdicts.excusedCount();
    }
}
