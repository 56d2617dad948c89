/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What shall happen to a cluster: a list of acts that depends on nothing but its random seed, and whose outcome does not
 * depend on when exactly what arrives where.
 *
 * <p>For the latter it keeps some rules. Collection is the one thing that depends on time: so nothing gets old enough to
 * be collected between two rests, and in a rest everything does; and a key that somebody may be about to collect is not
 * written again before all can hear of it. What has been written spreads before its writer ends.
 */
final class Script {
    static final int MEMBERS = 5;
    static final int GRACE_ROUNDS = 60;

    private static final int KEYS = 5;
    private static final int PHASES = 7;
    private static final int SPREAD_ROUNDS = 20;
    private static final int MOST_ROUNDS_BETWEEN_RESTS = GRACE_ROUNDS - 12;
    private static final int BULK_KEYS = 40;
    private static final int BULK_BYTES = 3_000;

    /** One thing that happens. */
    sealed interface Act {}

    /** How a member writes. */
    enum Kind {
        SET,
        SET_WITH_TTL,
        DELETE,
        DELETE_AFTER_TTL
    }

    record Write(int member, Kind kind, String key, String value) implements Act {}

    /** So many rounds pass; some of the datagrams may get lost in them. */
    record Rounds(int count, boolean lossy) implements Act {}

    /** From now on the members of this side and the others do not hear each other. */
    record Cut(Set<Integer> side) implements Act {}

    record Heal() implements Act {}

    record Kill(int member) implements Act {}

    /** Starts a member that was killed, with the next generation. */
    record Restart(int member) implements Act {}

    /** Enough rounds for everything to spread and be collected; then all must agree. */
    record Checkpoint() implements Act {}

    private final Random random;
    private final List<Act> acts = new ArrayList<>();
    private final List<Map<String, Kind>> keys = new ArrayList<>(); // of each member, with their last write
    private final List<Set<String>> frozen = new ArrayList<>();
    private final Set<Integer> dead = new HashSet<>();
    private boolean isCut;
    private int roundsSinceRest;

    private Script(long randomSeed) {
        this.random = new Random(randomSeed);
        for (int i = 0; i < MEMBERS; i++) {
            keys.add(new HashMap<>());
            frozen.add(new HashSet<>());
        }
    }

    /** {@return the acts for a random seed, the last of them a checkpoint} */
    static List<Act> of(long randomSeed) {
        Script script = new Script(randomSeed);
        script.checkpoint();
        for (int i = 0; i < PHASES; i++) {
            script.phase();
        }
        script.heal();
        script.checkpoint();
        return List.copyOf(script.acts);
    }

    private void phase() {
        writes();
        switch (random.nextInt(7)) {
            case 0 -> cut();
            case 1 -> heal();
            case 2 -> kill();
            case 3 -> restart();
            case 4 -> bulk();
            case 5 -> rest();
            default -> {}
        }
        writes();
        if (!isCut && random.nextInt(3) == 0) {
            checkpoint();
        }
    }

    private void writes() {
        for (int i = random.nextInt(40); i > 0; i--) {
            write(random.nextInt(MEMBERS), "k" + random.nextInt(KEYS));
            if (random.nextInt(8) == 0) {
                rounds(1 + random.nextInt(3), true);
            }
        }
    }

    private void write(int member, String key) {
        if (dead.contains(member) || frozen.get(member).contains(key)) {
            return;
        }
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        Kind last = keys.get(member).get(key);
        boolean deletes = kind == Kind.DELETE || kind == Kind.DELETE_AFTER_TTL;
        if (deletes && last == Kind.DELETE) {
            return; // the reference writes once more: see Deviation
        }
        acts.add(new Write(member, kind, key, "v" + random.nextInt(3)));
        if (!deletes || last != null) {
            keys.get(member).put(key, kind);
        }
    }

    private void bulk() {
        int member = random.nextInt(MEMBERS);
        if (!dead.contains(member)) {
            for (int i = 0; i < BULK_KEYS; i++) {
                String value = random.ints(BULK_BYTES, '!', '~' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                acts.add(new Write(member, Kind.SET, "bulk" + i, value));
            }
        }
    }

    private void cut() {
        if (!isCut) {
            rounds(SPREAD_ROUNDS, false);
            List<Integer> all = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            Collections.shuffle(all, random);
            acts.add(new Cut(new TreeSet<>(all.subList(0, 1 + random.nextInt(2)))));
            isCut = true;
            freeze();
        }
    }

    // Some may collect these while others have not yet heard of what came after.
    private void freeze() {
        for (int i = 0; i < MEMBERS; i++) {
            for (Map.Entry<String, Kind> key : keys.get(i).entrySet()) {
                if (key.getValue() != Kind.SET) {
                    frozen.get(i).add(key.getKey());
                }
            }
        }
    }

    private void heal() {
        if (isCut) {
            acts.add(new Heal());
            isCut = false;
            checkpoint();
        }
    }

    private void kill() {
        if (dead.size() < 2 && !isCut) {
            rounds(SPREAD_ROUNDS, false);
            int member = random.nextInt(MEMBERS);
            if (dead.add(member)) {
                acts.add(new Kill(member));
            }
        }
    }

    private void restart() {
        if (!dead.isEmpty() && !isCut) {
            int member = dead.iterator().next();
            dead.remove(member);
            keys.get(member).clear();
            acts.add(new Restart(member));
            checkpoint();
        }
    }

    private void rounds(int count, boolean lossy) {
        if (roundsSinceRest + count > MOST_ROUNDS_BETWEEN_RESTS) {
            rest();
        }
        roundsSinceRest += count;
        acts.add(new Rounds(count, lossy));
    }

    private void rest() {
        acts.add(new Rounds(3 * GRACE_ROUNDS, false));
        rested();
    }

    private void checkpoint() {
        acts.add(new Checkpoint());
        rested();
        frozen.forEach(Set::clear);
    }

    private void rested() {
        roundsSinceRest = 0;
        for (Map<String, Kind> ofMember : keys) {
            ofMember.values().removeIf(kind -> kind != Kind.SET);
        }
    }
}
