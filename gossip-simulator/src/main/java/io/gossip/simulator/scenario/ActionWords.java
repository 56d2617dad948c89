/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands behind {@code at TIME}. */
final class ActionWords {
    private static final String VERBS =
            "write, write-ttl, delete, writes, network, partition, link, heal, crash, restart, "
                    + "leave, pause, drift, jump, wall-jump, slow, fast, forget, churn, hostile or expect";

    private ActionWords() {}

    static Action action(String verb, LineWords words) {
        return switch (verb) {
            case "write", "write-ttl" ->
                new Action.Write(words.members(), words.next("a key"), words.next("a value"), verb.equals("write-ttl"));
            case "delete" -> new Action.Delete(words.members(), words.next("a key"));
            case "writes" -> writes(words);
            case "network" -> new Action.Network(NetworkWords.change(words));
            case "partition" -> partition(words);
            case "link" -> link(words);
            case "heal" -> new Action.Heal();
            case "crash" -> new Action.Crash(words.members());
            case "restart" -> restart(words);
            case "leave" -> new Action.Leave(words.members());
            case "pause" -> new Action.Pause(words.members(), forHow(words));
            case "drift" -> new Action.Drift(words.members(), factor(words));
            case "jump" -> new Action.Jump(words.members(), by(words, true));
            case "wall-jump" -> new Action.WallJump(words.members(), by(words, false));
            case "slow" -> slow(words);
            case "fast" -> new Action.Slow(words.members(), 0, 0);
            case "forget" -> new Action.Forget(words.members());
            case "churn" -> churn(words);
            case "hostile" -> new Action.Hostile(attack(words), words.rate(), forHow(words));
            default -> throw new ScenarioException("expected " + VERBS + ", got '" + verb + "'");
        };
    }

    private static Duration forHow(LineWords words) {
        words.word("for");
        return words.positive();
    }

    private static Duration by(LineWords words, boolean ahead) {
        words.word("by");
        return ahead ? words.positive() : words.duration();
    }

    private static double factor(LineWords words) {
        words.word("by");
        double factor = words.number();
        ScenarioRules.require(factor >= 0.1 && factor <= 10, "expected a factor from 0.1 to 10, got " + factor);
        return factor;
    }

    private static Action writes(LineWords words) {
        double rate = words.rate();
        Duration forHow = forHow(words);
        words.word("keys");
        return new Action.Writes(rate, forHow, (int) words.whole(1, 10_000));
    }

    private static Action partition(LineWords words) {
        List<MemberSet> groups = new ArrayList<>();
        groups.add(words.members());
        while (words.hasMore()) {
            words.word("|");
            groups.add(words.members());
        }
        return new Action.Partition(groups);
    }

    private static Action link(LineWords words) {
        MemberSet from = words.members();
        words.word("->");
        MemberSet to = words.members();
        words.word("loss");
        return new Action.Link(from, to, words.share());
    }

    private static Action restart(LineWords words) {
        MemberSet who = words.members();
        String generation = words.next("'new' or 'same'");
        ScenarioRules.require(
                generation.equals("new") || generation.equals("same"),
                "expected 'new' or 'same', got '" + generation + "'");
        return new Action.Restart(who, generation.equals("same"));
    }

    private static Action slow(LineWords words) {
        MemberSet who = words.members();
        words.word("to");
        double rate = words.rate();
        words.word("queue");
        return new Action.Slow(who, rate, (int) words.whole(1, 100_000));
    }

    private static Action churn(LineWords words) {
        double rate = words.rate();
        Duration forHow = forHow(words);
        words.word("sparing");
        return new Action.Churn(rate, forHow, words.members());
    }

    private static Action.Attack attack(LineWords words) {
        String text = words.next("garbage, mutate, spoof, invent or lie");
        for (Action.Attack attack : Action.Attack.values()) {
            if (attack.name().toLowerCase(Locale.ROOT).equals(text)) {
                return attack;
            }
        }
        throw new ScenarioException("expected garbage, mutate, spoof, invent or lie, got '" + text + "'");
    }
}
