/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;
import java.util.List;

/** Something that is done to the cluster at a moment, or for a while. */
public sealed interface Action {
    /** {@return how long it goes on after its moment} */
    default Duration lasts() {
        return Duration.ZERO;
    }

    /**
     * Members set one of their keys.
     *
     * @param who which members
     * @param key without white space
     * @param value without white space; {@code x*500} stands for 500 times x
     * @param limited whether it is to be collected after the tombstone grace period
     */
    record Write(MemberSet who, String key, String value, boolean limited) implements Action {}

    /**
     * Members delete one of their keys.
     *
     * @param who which members
     * @param key without white space
     */
    record Delete(MemberSet who, String key) implements Action {}

    /**
     * Members write, delete and touch keys of their own at random.
     *
     * @param perSecond operations per second in the whole cluster
     * @param forHow how long
     * @param keys different keys per member
     */
    record Writes(double perSecond, Duration forHow, int keys) implements Action {
        @Override
        public Duration lasts() {
            return forHow;
        }
    }

    /**
     * The network behaves differently from now on.
     *
     * @param change how
     */
    record Network(NetworkSettings.Change change) implements Action {}

    /**
     * Only members of the same group reach each other; those in no group are one more group.
     *
     * @param groups disjoint
     */
    record Partition(List<MemberSet> groups) implements Action {
        /**
         * Copies the list.
         *
         * @param groups disjoint
         */
        public Partition {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Some links, in one direction, lose more than the others.
     *
     * @param from senders
     * @param to receivers
     * @param loss share lost on them, 0 to 1
     */
    record Link(MemberSet from, MemberSet to, double loss) implements Action {}

    /** Partition and faulty links are gone. */
    record Heal() implements Action {}

    /**
     * Members stop at once, without a word.
     *
     * @param who which members
     */
    record Crash(MemberSet who) implements Action {}

    /**
     * Members start again with nothing but their initial keys; running ones crash before.
     *
     * @param who which members
     * @param sameGeneration whether with the generation they had, else with their wall clock's milliseconds
     */
    record Restart(MemberSet who, boolean sameGeneration) implements Action {}

    /**
     * Members say goodbye and stop two seconds later.
     *
     * @param who which members
     */
    record Leave(MemberSet who) implements Action {}

    /**
     * Members are frozen, as by SIGSTOP: no rounds, datagrams wait (256 at most). Clocks go on.
     *
     * @param who which members
     * @param forHow how long
     */
    record Pause(MemberSet who, Duration forHow) implements Action {
        @Override
        public Duration lasts() {
            return forHow;
        }
    }

    /**
     * The clocks of members run faster or slower from now on, and their timers with them.
     *
     * @param who which members
     * @param factor 1 is right, above is fast; 0.1 to 10
     */
    record Drift(MemberSet who, double factor) implements Action {}

    /**
     * The monotonic clocks of members jump ahead.
     *
     * @param who which members
     * @param by not negative
     */
    record Jump(MemberSet who, Duration by) implements Action {}

    /**
     * The wall clocks of members jump; seen in the generation of their next start.
     *
     * @param who which members
     * @param by ahead, or back when negative
     */
    record WallJump(MemberSet who, Duration by) implements Action {}

    /**
     * Members take in a limited number of datagrams per second; what waits is bounded, the rest dropped.
     *
     * @param who which members
     * @param perSecond datagrams; 0 = as many as come
     * @param queue most that wait
     */
    record Slow(MemberSet who, double perSecond, int queue) implements Action {}

    /**
     * Operators of members take every dead member off the list.
     *
     * @param who whose lists
     */
    record Forget(MemberSet who) implements Action {}

    /**
     * Random members crash, and come back with a new generation after 1 to 5 intervals; at the end all are back.
     *
     * @param perSecond crashes per second
     * @param forHow how long
     * @param spared members that never crash
     */
    record Churn(double perSecond, Duration forHow, MemberSet spared) implements Action {
        @Override
        public Duration lasts() {
            return forHow;
        }
    }

    /**
     * Someone attacks the cluster.
     *
     * @param kind how
     * @param perSecond datagrams per second
     * @param forHow how long
     */
    record Hostile(Attack kind, double perSecond, Duration forHow) implements Action {
        @Override
        public Duration lasts() {
            return forHow;
        }
    }

    /** What an attacker does. */
    enum Attack {
        /** Random bytes from an address of its own. */
        GARBAGE,
        /** Datagrams that members sent, with some bytes changed, from an address of its own. */
        MUTATE,
        /** The same with the source address of the member that sent them. */
        SPOOF,
        /** Well-formed messages from an address of its own that invent members and their keys. */
        INVENT,
        /** Well-formed messages in the name of a member, with heartbeats and versions beyond what is true. */
        LIE
    }
}
