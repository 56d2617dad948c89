/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.util.Locale;
import java.util.stream.Collectors;

/** Prints scenarios as {@link ScenarioParser} reads them; what has its default is left out. */
final class ScenarioText {
    private final StringBuilder text = new StringBuilder();

    private ScenarioText() {}

    static String of(Scenario scenario) {
        ScenarioText printer = new ScenarioText();
        printer.head(scenario);
        printer.engine(scenario.engine());
        printer.network(scenario.network());
        scenario.excused().forEach(law -> printer.line("excuse", law));
        scenario.steps().forEach(s -> printer.line("at", Quantity.text(s.at()), of(s.action())));
        scenario.expectations().forEach(e -> printer.line(of(e)));
        return printer.text.toString();
    }

    private void head(Scenario scenario) {
        Scenario standard = Scenario.builder("x").build();
        line("scenario", scenario.name());
        if (!scenario.about().isEmpty()) {
            line("about", scenario.about());
        }
        line("members", scenario.members());
        if (!scenario.seedNodes().equals(standard.seedNodes())) {
            line("seed-nodes", scenario.seedNodes());
        }
        if (!scenario.startEvery().equals(standard.startEvery())) {
            line("start-every", Quantity.text(scenario.startEvery()));
        }
        if (scenario.initialKeys() != standard.initialKeys()
                || scenario.initialValueBytes() != standard.initialValueBytes()) {
            line("keys", scenario.initialKeys(), "of", scenario.initialValueBytes());
        }
        if (scenario.nodeIdBytes() != standard.nodeIdBytes()) {
            line("node-id-bytes", scenario.nodeIdBytes());
        }
        line(scenario.endsEarly() ? "at-most" : "duration", Quantity.text(scenario.duration()));
        line("random-seed", scenario.randomSeed());
    }

    private void engine(EngineSettings engine) {
        EngineSettings standard = EngineSettings.DEFAULT;
        line("interval", Quantity.text(engine.interval()));
        if (engine.protocol() != standard.protocol()) {
            line("protocol", engine.protocol().name().toLowerCase(Locale.ROOT));
        }
        if (engine.fanout() != standard.fanout()) {
            line("fanout", engine.fanout());
        }
        if (engine.phiThreshold() != standard.phiThreshold()
                || !engine.initialInterval().equals(standard.initialInterval())) {
            line("detector", Quantity.number(engine.phiThreshold()), Quantity.text(engine.initialInterval()));
        }
        if (engine.detectorRule() != standard.detectorRule()) {
            line("detector-rule", engine.detectorRule().word());
        }
        if (!engine.tombstoneGrace().equals(standard.tombstoneGrace())
                || !engine.deadNodeGrace().equals(standard.deadNodeGrace())) {
            line("grace", Quantity.text(engine.tombstoneGrace()), Quantity.text(engine.deadNodeGrace()));
        }
        if (engine.datagramBytes() != standard.datagramBytes() || engine.maxMembers() != standard.maxMembers()) {
            line("limits", engine.datagramBytes(), engine.maxMembers());
        }
    }

    private void network(NetworkSettings network) {
        NetworkSettings standard = NetworkSettings.DEFAULT;
        if (!network.loss().equals(standard.loss())) {
            line("network", of(new NetworkSettings.Change.ToLoss(network.loss())));
        }
        if (!network.latency().equals(standard.latency())) {
            line("network", of(new NetworkSettings.Change.ToLatency(network.latency())));
        }
        if (network.duplicate() != standard.duplicate()) {
            line("network", of(new NetworkSettings.Change.ToDuplicate(network.duplicate())));
        }
        if (network.reorder() != standard.reorder() || !network.reorderDelay().equals(standard.reorderDelay())) {
            line("network", of(new NetworkSettings.Change.ToReorder(network.reorder(), network.reorderDelay())));
        }
        if (network.datagramLimit() != standard.datagramLimit()) {
            line("network", of(new NetworkSettings.Change.ToDatagramLimit(network.datagramLimit())));
        }
    }

    private static String of(NetworkSettings.Change change) {
        if (change instanceof NetworkSettings.Change.ToLoss to) {
            return "loss " + of(to.loss());
        } else if (change instanceof NetworkSettings.Change.ToLatency to) {
            return "latency " + of(to.latency());
        } else if (change instanceof NetworkSettings.Change.ToDuplicate to) {
            return "duplicate " + Quantity.text(to.share());
        } else if (change instanceof NetworkSettings.Change.ToReorder to) {
            return "reorder " + Quantity.text(to.share()) + " by " + Quantity.text(to.delay());
        } else if (change instanceof NetworkSettings.Change.ToDatagramLimit to) {
            return "datagram-limit " + to.bytes();
        }
        throw new AssertionError("unhandled change: " + change);
    }

    private static String of(NetworkSettings.Loss loss) {
        if (loss instanceof NetworkSettings.Loss.Uniform uniform) {
            return Quantity.text(uniform.share());
        } else if (loss instanceof NetworkSettings.Loss.Burst burst) {
            return "burst " + Quantity.text(burst.enter()) + " " + Quantity.text(burst.leave()) + " "
                    + Quantity.text(burst.within());
        }
        throw new AssertionError("unhandled loss: " + loss);
    }

    private static String of(NetworkSettings.Latency latency) {
        if (latency instanceof NetworkSettings.Latency.Constant constant) {
            return Quantity.text(constant.delay());
        } else if (latency instanceof NetworkSettings.Latency.Uniform uniform) {
            return Quantity.text(uniform.least()) + ".." + Quantity.text(uniform.most());
        } else if (latency instanceof NetworkSettings.Latency.LogNormal log) {
            return "log-normal " + Quantity.text(log.median()) + " " + Quantity.number(log.sigma());
        }
        throw new AssertionError("unhandled latency: " + latency);
    }

    static String of(Action action) {
        if (action instanceof Action.Write a) {
            return (a.limited() ? "write-ttl " : "write ") + a.who() + " " + a.key() + " " + a.value();
        }
        if (action instanceof Action.Delete a) return "delete " + a.who() + " " + a.key();
        if (action instanceof Action.Writes a) {
            return "writes " + Quantity.rate(a.perSecond()) + " for " + Quantity.text(a.forHow()) + " keys " + a.keys();
        }
        if (action instanceof Action.Network a) return "network " + of(a.change());
        if (action instanceof Action.Partition a) {
            return "partition " + a.groups().stream().map(MemberSet::toString).collect(Collectors.joining(" | "));
        }
        if (action instanceof Action.Link a) {
            return "link " + a.from() + " -> " + a.to() + " loss " + Quantity.text(a.loss());
        }
        if (action instanceof Action.Heal) return "heal";
        return ofMembers(action);
    }

    private static String ofMembers(Action action) {
        if (action instanceof Action.Crash a) return "crash " + a.who();
        if (action instanceof Action.Restart a) return "restart " + a.who() + (a.sameGeneration() ? " same" : " new");
        if (action instanceof Action.Leave a) return "leave " + a.who();
        if (action instanceof Action.Pause a) return "pause " + a.who() + " for " + Quantity.text(a.forHow());
        if (action instanceof Action.Drift a) return "drift " + a.who() + " by " + Quantity.number(a.factor());
        if (action instanceof Action.Jump a) return "jump " + a.who() + " by " + Quantity.text(a.by());
        if (action instanceof Action.WallJump a) return "wall-jump " + a.who() + " by " + Quantity.text(a.by());
        if (action instanceof Action.Slow a) {
            return a.perSecond() == 0
                    ? "fast " + a.who()
                    : "slow " + a.who() + " to " + Quantity.rate(a.perSecond()) + " queue " + a.queue();
        }
        if (action instanceof Action.Forget a) return "forget " + a.who();
        if (action instanceof Action.Churn a) {
            return "churn " + Quantity.rate(a.perSecond()) + " for " + Quantity.text(a.forHow()) + " sparing "
                    + a.spared();
        }
        if (action instanceof Action.Hostile a) {
            return "hostile " + a.kind().name().toLowerCase(Locale.ROOT) + " " + Quantity.rate(a.perSecond()) + " for "
                    + Quantity.text(a.forHow());
        }
        throw new AssertionError("unhandled action: " + action);
    }

    static String of(Expectation expectation) {
        if (expectation instanceof Expectation.Converged e) {
            return "expect converged within " + Quantity.text(e.within());
        } else if (expectation instanceof Expectation.NoFalseDeaths) {
            return "expect no-false-deaths";
        } else if (expectation instanceof Expectation.Spares e) {
            return "expect " + e.who() + " spares " + e.whom();
        } else if (expectation instanceof Expectation.Sees e) {
            return "at " + Quantity.text(e.at()) + " expect " + e.who() + (e.live() ? " sees-live " : " sees-dead ")
                    + e.seen() + " within " + Quantity.text(e.within());
        } else if (expectation instanceof Expectation.Reads e) {
            String what = e.value() == null ? "nothing" : "value " + e.value();
            return "at " + Quantity.text(e.at()) + " expect " + e.who() + " reads " + e.owner() + " " + e.key() + " "
                    + what + " within " + Quantity.text(e.within());
        }
        throw new AssertionError("unhandled expectation: " + expectation);
    }

    private void line(Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }
}
