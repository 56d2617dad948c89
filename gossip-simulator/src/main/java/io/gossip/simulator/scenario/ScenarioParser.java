/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of a scenario: one thing per line, {@code #} begins a comment. The grammar is in docs/simulator.md. */
final class ScenarioParser {
    private @Nullable ScenarioBuilder builder;

    Scenario parse(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
            LineWords words = new LineWords(comment < 0 ? line : line.substring(0, comment));
            if (words.hasMore()) {
                try {
                    read(words);
                } catch (ScenarioException e) {
                    throw new ScenarioException("line " + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        if (builder == null) {
            throw new ScenarioException("line 1: expected 'scenario NAME' first, got nothing");
        }
        return builder.build();
    }

    private void read(LineWords words) {
        String first = words.next("a setting, 'at' or 'expect'");
        if (builder == null) {
            if (!first.equals("scenario")) {
                throw new ScenarioException("expected 'scenario NAME' first, got '" + first + "'");
            }
            builder = Scenario.builder(words.next("a name"));
        } else {
            statement(builder, first, words);
        }
        words.end();
    }

    private static void statement(ScenarioBuilder builder, String first, LineWords words) {
        switch (first) {
            case "about" -> builder.about(words.rest());
            case "members" -> builder.members((int) words.whole(1, 100_000));
            case "seed-nodes" -> builder.seedNodes(words.members());
            case "start-every" -> builder.startEvery(words.duration());
            case "keys" -> {
                int keys = (int) words.whole(0, 100_000);
                words.word("of");
                builder.initialKeys(keys, (int) words.whole(0, 60_000));
            }
            case "node-id-bytes" -> builder.nodeIdBytes((int) words.whole(0, 1_024));
            case "duration" -> builder.duration(words.positive());
            case "at-most" -> builder.atMost(words.positive());
            case "random-seed" -> builder.randomSeed(words.whole(Long.MIN_VALUE, Long.MAX_VALUE));
            case "interval" -> builder.interval(words.duration());
            case "protocol" -> builder.protocol(protocol(words.next("v0 or v1")));
            case "fanout" -> builder.fanout((int) words.whole(1, 64));
            case "detector" -> builder.detector(words.number(), words.duration());
            case "detector-rule" -> builder.detectorRule(rule(words.next("reference or self-doubting")));
            case "grace" -> builder.grace(words.duration(), words.duration());
            case "limits" -> builder.limits((int) words.whole(512, 65_507), (int) words.whole(1, 1_000_000));
            case "network" -> builder.network(NetworkWords.change(words));
            case "excuse" -> builder.excuse(words.next("the name of a law"));
            case "expect" -> builder.expect(ExpectationWords.expectation(words));
            case "at" -> at(builder, words.duration(), words);
            default ->
                throw new ScenarioException(
                        "expected about, members, seed-nodes, start-every, keys, node-id-bytes, duration, at-most, random-seed, "
                                + "interval, protocol, fanout, detector, detector-rule, grace, limits, network, excuse, expect or at, got '"
                                + first + "'");
        }
    }

    private static void at(ScenarioBuilder builder, Duration when, LineWords words) {
        String verb = words.next("an action");
        if (verb.equals("expect")) {
            builder.expect(ExpectationWords.timed(when, words));
        } else {
            builder.at(when, ActionWords.action(verb, words));
        }
    }

    private static DetectorRule rule(String text) {
        try {
            return DetectorRule.of(text);
        } catch (IllegalArgumentException e) {
            throw new ScenarioException(String.valueOf(e.getMessage()));
        }
    }

    private static ProtocolVersion protocol(String text) {
        return switch (text) {
            case "v0" -> ProtocolVersion.V0;
            case "v1" -> ProtocolVersion.V1;
            default -> throw new ScenarioException("expected v0 or v1, got '" + text + "'");
        };
    }
}
