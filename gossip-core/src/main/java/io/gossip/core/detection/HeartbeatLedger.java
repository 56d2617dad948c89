/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides which heartbeat of each member to believe.
 *
 * <p>Heartbeats are not authenticated and come from anybody's digest. Were simply the greatest one believed, a single
 * forged datagram with a huge heartbeat of a healthy member X would make X's real ones look old for ever, and our own
 * digest would carry the forgery on. So:
 *
 * <ul>
 *   <li><b>Up, by little</b> ({@link Verdict#RISE}): a rise within the allowance is believed from anybody. That leaves
 *       a forger room for small lies; they are corrected from below.
 *   <li><b>Up, by much</b>: X's own voice is believed. Hearsay is {@link Verdict#HELD} as a claim, and believed only
 *       if X is silent as far as we know and the claim itself went on to rise twice
 *       ({@link Verdict#ADOPTED_JUMP}): so a member that advanced behind a partition comes back, while a healthy one's
 *       next true heartbeat wipes the claim out. A claim that others keep falling short of is given up, and a leap no
 *       member could make does not continue one, else a forged 2^64-1 would block the truth. A member that proved to be
 *       fast, being flooded, gets a larger allowance.
 *   <li><b>Down</b> ({@link Verdict#REFUTED}): while the believed heartbeat stands still, lower ones that rise are
 *       evidence that it is false. The <i>floor</i> is what we believed before the last rise. If that rise was a
 *       <i>leap</i>, more than X's usual rises make likely in the time it took, values between floor and leap are strong
 *       evidence, and X's own voice in there settles the matter. A lie that is no leap needs no refutation: the truth
 *       overtakes it before anybody would be called dead. So values above the floor weigh little then, and X's own ones
 *       nothing: they are what lags behind. Values at or below the floor we passed already: digests of lagging peers
 *       after a true death look like that, so they weigh little, though not nothing, for a forger who raises twice lifts
 *       the floor as well. Two rising statements of X's own voice settle the matter there (restart within one
 *       generation).
 *   <li>What was refuted is <i>disowned</i> ({@link Verdict#DISOWNED}): peers that still repeat it are not believed.
 *   <li>A refutation by hearsay keeps a live member live, and does not raise a dead one ({@link Verdict#OUTVOTED}): the
 *       next rise does, which is a usual gap away if the member lives.
 * </ul>
 *
 * <p>Evidence counts only when X has been silent: for X's own voice longer than a mean gap, which rules out datagrams
 * that overtook each other; for hearsay half way to death, by when peers have long agreed on the last true heartbeat.
 * Any rise believed starts the evidence anew. Hearsay evidence follows the greatest lower value; if that stops rising
 * while others are heard, it starts anew too, so a forged "just below the lie" cannot block it for good.
 *
 * <p>What remains: a forger can make a dead member look alive; and one who never stops can block the hearsay evidence,
 * so that nodes which hear X only through others take it for dead until he stops or X speaks to them. Only signed
 * heartbeats would cure that.
 *
 * <p>All numbers are unsigned and compared by difference, so nothing special happens near 2^64.
 *
 * <p>A member is named by its slot, a small number that nobody else has as long as it is known. What is kept of all members
 * stands in columns: a digest tells of each of them, and what it touches should be close together (ADR 63).
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class HeartbeatLedger {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Rise believed from anybody at any time; members raise theirs by one per round and per message. */
    private static final long ALLOWANCE = 1_000;

    /** No member decodes more messages a second than this. */
    private static final long FASTEST_PER_SECOND = 1_000_000;

    private static final int CLAIM_RISES = 2;
    private static final int PROOF = 16;
    private static final int STRONG_HEARSAY = 4;
    private static final int WEAK_HEARSAY = 1;
    private static final int PATIENCE = 8;

    /** Assumed of a member that was not heard rise yet; members raise theirs by about ten in a round. */
    private static final int FIRST_USUAL_RISE = 16;

    /** The last rise moves the usual one by an eighth; one rise counts for this many usual ones at most. */
    private static final float RISES_REMEMBERED = 8;

    private static final float MOST_LEARNT = 4;

    private float hearsayPhi;

    // by slot
    private long[] believed = {};
    private long[] floor = {};
    private boolean[] timed = {};
    private long[] riseNanos = {};
    private boolean[] leapt = {};
    private int[] perSecond = {};
    private float[] usualRise = {};
    private @Nullable Doubts[] doubts = {};

    /** What speaks against the believed heartbeat. Nothing does, as a rule: so it is made when something does. */
    private static final class Doubts {
        long disowned;

        long claim;
        long claimNanos;
        int claimRises;
        int claimMisses;

        long ownLower;
        long hearsayLower;
        int evidence;
        int withoutRise;
    }

    /** What became of an observed heartbeat. */
    public enum Verdict {
        /** The first one: stored, and no sign of life yet. */
        FIRST(false),
        /** Greater, and believed. */
        RISE(true),
        /** Not greater. */
        OLD(false),
        /** Greater by more than hearsay is believed at once: not believed for now. */
        HELD(false),
        /** Greater, but refuted before, and repeated by others: not believed. */
        DISOWNED(false),
        /** Greater by much, and believed because it kept rising. */
        ADOPTED_JUMP(true),
        /** Lower, and believed because it kept rising while the believed one did not. */
        REFUTED(true),
        /** The same, of a member without phi and by hearsay: believed, and no sign of life. */
        OUTVOTED(false);

        private final boolean signOfLife;

        Verdict(boolean signOfLife) {
            this.signOfLife = signOfLife;
        }

        /** {@return whether the member is to be counted as heard from} */
        public boolean isSignOfLife() {
            return signOfLife;
        }
    }

    /**
     * A ledger without a heartbeat.
     *
     * @param phiThreshold phi above which the member counts as dead; half of it makes hearsay count against the
     *     believed heartbeat
     */
    public HeartbeatLedger(double phiThreshold) {
        this.hearsayPhi = (float) (phiThreshold / 2);
    }

    /**
     * Judges by another threshold from now on; what was heard is kept.
     *
     * @param phiThreshold phi above which the member counts as dead
     */
    public void reconfigure(double phiThreshold) {
        hearsayPhi = (float) (phiThreshold / 2);
    }

    /**
     * The heartbeat to believe.
     *
     * @param member the member's slot
     * @return unsigned; 0 for none yet
     */
    public long believed(int member) {
        return believed[member];
    }

    /**
     * Believes a heartbeat without any question and forgets all else, as of a member that was just met, or is known from
     * elsewhere. Nothing else may be asked of a slot before.
     *
     * @param member the member's slot
     * @param heartbeat unsigned; 0 for none
     */
    public void start(int member, long heartbeat) {
        if (member >= believed.length) {
            makeRoom(Columns.roomFor(member));
        }
        believed[member] = heartbeat;
        floor[member] = 0;
        timed[member] = false;
        leapt[member] = true;
        perSecond[member] = (int) ALLOWANCE;
        usualRise[member] = FIRST_USUAL_RISE;
        doubts[member] = null;
    }

    private void makeRoom(int slots) {
        believed = Arrays.copyOf(believed, slots);
        floor = Arrays.copyOf(floor, slots);
        timed = Arrays.copyOf(timed, slots);
        riseNanos = Arrays.copyOf(riseNanos, slots);
        leapt = Arrays.copyOf(leapt, slots);
        perSecond = Arrays.copyOf(perSecond, slots);
        usualRise = Arrays.copyOf(usualRise, slots);
        doubts = Arrays.copyOf(doubts, slots);
    }

    /**
     * Whether a heartbeat is the believed one, and known to be for some time: to hear it again from others changes nothing.
     *
     * @param member the member's slot
     * @param heartbeat unsigned
     * @return whether {@link #observe} would find it {@link Verdict#OLD} whatever phi is
     */
    public boolean isBelieved(int member, long heartbeat) {
        return heartbeat == believed[member] && timed[member];
    }

    /**
     * Judges a heartbeat that a digest showed for a member.
     *
     * @param member the member's slot
     * @param heartbeat unsigned
     * @param ownVoice whether the datagram came from the member's own advertised address
     * @param phi the member's phi at this moment; NaN if undefined
     * @param nowNanos monotonic time, ns
     * @return what became of it
     */
    public Verdict observe(int member, long heartbeat, boolean ownVoice, double phi, long nowNanos) {
        if (believed[member] == 0 && heartbeat != 0) {
            start(member, heartbeat);
            startClock(member, nowNanos);
            return Verdict.FIRST;
        }
        if (!timed[member]) {
            startClock(member, nowNanos);
        }
        if (isAbove(heartbeat, believed[member])) {
            return ownVoice
                    ? followOwnVoice(member, heartbeat, phi, nowNanos)
                    : judgeRumour(member, heartbeat, phi, nowNanos);
        }
        if (heartbeat == 0 || heartbeat == believed[member]) {
            return Verdict.OLD;
        }
        boolean proven =
                ownVoice ? refutesByOwnVoice(member, heartbeat, phi) : refutesByHearsay(member, heartbeat, phi);
        if (!proven) {
            return Verdict.OLD;
        }
        refute(member, heartbeat, nowNanos);
        return ownVoice || !Double.isNaN(phi) ? Verdict.REFUTED : Verdict.OUTVOTED;
    }

    private Verdict followOwnVoice(int member, long heartbeat, double phi, long nowNanos) {
        if (isAbove(heartbeat - believed[member], allowance(perSecond[member], nowNanos - riseNanos[member]))) {
            learnPace(member, heartbeat - believed[member], nowNanos - riseNanos[member]);
        }
        return rise(member, heartbeat, phi, nowNanos);
    }

    private Verdict judgeRumour(int member, long heartbeat, double phi, long nowNanos) {
        if (heartbeat == disowned(member)) {
            return Verdict.DISOWNED;
        }
        if (!isAbove(heartbeat - believed[member], allowance(perSecond[member], nowNanos - riseNanos[member]))) {
            return rise(member, heartbeat, phi, nowNanos);
        }
        Doubts there = doubts(member);
        long step = heartbeat - there.claim;
        long stepNanos = nowNanos - there.claimNanos;
        if (claimRose(there, heartbeat, nowNanos) && there.claimRises == CLAIM_RISES && isSilent(phi, hearsayPhi)) {
            learnPace(member, step, stepNanos);
            leapt[member] = true;
            return believe(member, heartbeat, nowNanos, Verdict.ADOPTED_JUMP);
        }
        return Verdict.HELD;
    }

    private static boolean claimRose(Doubts there, long heartbeat, long nowNanos) {
        if (there.claim == 0 || (isAbove(there.claim, heartbeat) && ++there.claimMisses >= PATIENCE)) {
            there.claim = heartbeat;
            there.claimNanos = nowNanos;
            there.claimRises = 0;
            there.claimMisses = 0;
            return false;
        }
        long most = FASTEST_PER_SECOND + allowance(FASTEST_PER_SECOND, nowNanos - there.claimNanos);
        if (!isAbove(heartbeat, there.claim) || isAbove(heartbeat - there.claim, most)) {
            return false;
        }
        there.claim = heartbeat;
        there.claimNanos = nowNanos;
        there.claimMisses = 0;
        there.claimRises = Math.min(there.claimRises + 1, CLAIM_RISES);
        return true;
    }

    // Reordered datagrams cannot fake this: they are over within a mean gap, and the second value has to be greater.
    // Always the latest statement is compared with, so that no forged one can stand in the way.
    private boolean refutesByOwnVoice(int member, long heartbeat, double phi) {
        boolean isAboveFloor = isAbove(heartbeat, floor[member]);
        if (!isSilent(phi, Math.min(1, hearsayPhi)) || (isAboveFloor && !leapt[member])) {
            return false;
        }
        Doubts there = doubts(member);
        boolean rises = there.ownLower != 0 && isAbove(heartbeat, there.ownLower);
        there.ownLower = heartbeat;
        return rises || isAboveFloor;
    }

    private boolean refutesByHearsay(int member, long heartbeat, double phi) {
        if (!isSilent(phi, hearsayPhi)) {
            return false;
        }
        Doubts there = doubts(member);
        if (there.hearsayLower == 0 || (isAbove(there.hearsayLower, heartbeat) && ++there.withoutRise >= PATIENCE)) {
            there.hearsayLower = heartbeat;
            there.evidence = 0;
            there.withoutRise = 0;
        } else if (isAbove(heartbeat, there.hearsayLower)) {
            there.hearsayLower = heartbeat;
            there.evidence += leapt[member] && isAbove(heartbeat, floor[member]) ? STRONG_HEARSAY : WEAK_HEARSAY;
            there.withoutRise = 0;
        }
        return there.evidence >= PROOF;
    }

    private Verdict rise(int member, long heartbeat, double phi, long nowNanos) {
        long rise = heartbeat - believed[member];
        leapt[member] = isLeap(rise, usualRise[member], phi, hearsayPhi);
        learnUsualRise(member, rise);
        return believe(member, heartbeat, nowNanos, Verdict.RISE);
    }

    /**
     * Whether a rise was more than usual in its time. Phi says how many usual gaps it took; what exceeds that is overtaken
     * by the truth before hearsay would count against it.
     */
    static boolean isLeap(long rise, float usualRise, double phi, float hearsayPhi) {
        double gaps = Double.isNaN(phi) ? 0 : phi;
        return rise < 0 || rise > usualRise * (gaps + hearsayPhi);
    }

    // No single rise counts for many usual ones, so that a lie does not make the next one look usual.
    private void learnUsualRise(int member, long rise) {
        float most = MOST_LEARNT * usualRise[member];
        float learnt = rise < 0 ? most : Math.min((float) rise, most);
        usualRise[member] = Math.max(1, usualRise[member] + (learnt - usualRise[member]) / RISES_REMEMBERED);
    }

    private Verdict believe(int member, long heartbeat, long nowNanos, Verdict verdict) {
        floor[member] = believed[member];
        believed[member] = heartbeat;
        startClock(member, nowNanos);
        long disowned = disowned(member);
        doubtAnew(member, isAbove(disowned, heartbeat) ? disowned : 0);
        return verdict;
    }

    private void refute(int member, long heartbeat, long nowNanos) {
        doubtAnew(member, believed[member]);
        believed[member] = heartbeat;
        floor[member] = heartbeat;
        perSecond[member] = (int) ALLOWANCE;
        usualRise[member] = FIRST_USUAL_RISE;
        startClock(member, nowNanos);
    }

    private void startClock(int member, long nowNanos) {
        riseNanos[member] = nowNanos;
        timed[member] = true;
    }

    private Doubts doubts(int member) {
        Doubts there = doubts[member];
        if (there == null) {
            there = new Doubts();
            doubts[member] = there;
        }
        return there;
    }

    /** What was refuted; 0 if nothing was. */
    private long disowned(int member) {
        Doubts there = doubts[member];
        return there == null ? 0 : there.disowned;
    }

    /** Drops claim and evidence; what was refuted stays so. */
    private void doubtAnew(int member, long disowned) {
        if (doubts[member] != null) {
            doubts[member] = null;
        }
        if (disowned != 0) {
            doubts(member).disowned = disowned;
        }
    }

    // Twice the pace seen, so that a member that is flooded harder and harder is still followed.
    private void learnPace(int member, long rise, long elapsedNanos) {
        long seconds = Math.max(1, elapsedNanos / NANOS_PER_SECOND);
        long pace = Long.divideUnsigned(rise, seconds);
        if (isAbove(pace, FASTEST_PER_SECOND / 2)) {
            perSecond[member] = (int) FASTEST_PER_SECOND;
        } else {
            perSecond[member] = (int) Math.max(perSecond[member], 2 * pace);
        }
    }

    /** Rise believed after a time: {@value #ALLOWANCE}, and {@code perSecond} for each second begun. */
    static long allowance(long perSecond, long elapsedNanos) {
        long seconds = elapsedNanos <= 0 ? 0 : (elapsedNanos - 1) / NANOS_PER_SECOND + 1;
        return ALLOWANCE + perSecond * seconds;
    }

    private static boolean isSilent(double phi, double limit) {
        return Double.isNaN(phi) || phi >= limit;
    }

    private static boolean isAbove(long left, long right) {
        return Long.compareUnsigned(left, right) > 0;
    }
}
