/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.simulator.explore.Explorer;
import io.gossip.simulator.report.DetectionReport;
import io.gossip.simulator.report.HtmlReport;
import io.gossip.simulator.report.JsonReport;
import io.gossip.simulator.report.SummaryText;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Catalogue;
import io.gossip.simulator.scenario.Scenario;
import io.gossip.simulator.scenario.ScenarioException;
import io.gossip.simulator.study.DetectionPlan;
import io.gossip.simulator.study.DetectionRow;
import io.gossip.simulator.study.DetectionStudy;
import io.gossip.simulator.study.ScaleRow;
import io.gossip.simulator.study.ScaleStudy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gossip simulate}: whole clusters in virtual time. */
@Command(
        name = "simulate",
        description = "Run a cluster in virtual time, with faults, and judge it by the laws.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "FILE is a scenario file, or the name of one of the catalogue (--list).",
            "Exit status: 0 all laws held, 1 a law was broken, 2 wrong usage or no such scenario."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int LAW_BROKEN = 1;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "what to run")
    @Nullable
    String file;

    @Option(names = "--list", description = "list the catalogue")
    boolean list;

    @Option(names = "--explore", description = "run random scenarios until one breaks a law, and make that one small")
    boolean explore;

    @Option(names = "--minutes", paramLabel = "N", description = "how long to explore; default: 10, or as --count says")
    @Nullable
    Double minutes;

    @Option(names = "--count", paramLabel = "N", description = "how many scenarios to explore")
    @Nullable
    Long count;

    @Option(
            names = "--random-seed",
            paramLabel = "S",
            description = "instead of the scenario's; with --explore that of the first scenario, default: the time")
    @Nullable
    Long randomSeed;

    @Option(
            names = "--detector",
            paramLabel = "RULE",
            converter = Converters.Detector.class,
            description = "self-doubting or reference, instead of the scenario's; a study compares both unless told")
    @Nullable
    DetectorRule detector;

    @ArgGroup(validate = false)
    StudyOptions study = new StudyOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON")
    @Nullable
    Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write the result as a page with plots")
    @Nullable
    Path html;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Streams streams;

    SimulateCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        int asked = (file != null ? 1 : 0) + (explore ? 1 : 0) + (list ? 1 : 0) + study.asked();
        if (asked != 1) {
            throw wrongUsage("give one of FILE, --explore, --detection-study, --scale-study and --list");
        }
        if (study.scale) {
            return studyScale();
        }
        if (list) {
            Catalogue.names()
                    .forEach(name -> streams.out()
                            .println(name + "\t" + Catalogue.read(name).about()));
            return 0;
        }
        if (study.study) {
            return study();
        }
        return explore ? explore() : run(scenario(Objects.requireNonNull(file)));
    }

    private int run(Scenario scenario) {
        Scenario chosen = scenario.toBuilder()
                .randomSeed(randomSeed == null ? scenario.randomSeed() : randomSeed)
                .detectorRule(detector == null ? scenario.engine().detectorRule() : detector)
                .build();
        long start = System.nanoTime();
        RunResult result = Simulation.run(chosen);
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        streams.out().print(SummaryText.of(result));
        streams.out()
                .printf(
                        "  %.1f s of wall time, %.1f virtual seconds each%n",
                        wallSeconds, result.virtualSeconds() / wallSeconds);
        write(json, JsonReport.of(result) + "\n");
        write(html, HtmlReport.of(result));
        if (!result.passed()) {
            String rule = detector == null ? "" : " --detector " + detector.word();
            streams.err().println("replay: gossip simulate " + file + " --random-seed " + chosen.randomSeed() + rule);
        }
        return result.passed() ? 0 : LAW_BROKEN;
    }

    private int study() {
        DetectionPlan plan;
        try {
            plan = study.plan(detector, randomSeed == null ? 1 : randomSeed);
        } catch (ScenarioException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        List<DetectionRow> rows = new ArrayList<>();
        long start = System.nanoTime();
        streams.out().print(DetectionReport.header());
        new DetectionStudy(plan).run(study.event, row -> {
            rows.add(row);
            streams.out().print(DetectionReport.line(row));
            streams.out().flush();
        });
        streams.err().printf("%d rows in %.1f s of wall time%n", rows.size(), (System.nanoTime() - start) / 1e9);
        write(json, DetectionReport.json(rows) + "\n");
        return 0;
    }

    private int studyScale() {
        List<Integer> members = study.membersOr(List.of(10, 30, 100, 300));
        if (members.stream().anyMatch(n -> n < 2 || n > 10_000)) {
            throw wrongUsage("--members must be between 2 and 10000, were " + members);
        }
        if (study.nodeIdBytes.stream().anyMatch(n -> n < 1 || n > 1_024)) {
            throw wrongUsage("--node-id-bytes must be between 1 and 1024, were " + study.nodeIdBytes);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ScaleStudy measuring = new ScaleStudy(threads::getCurrentThreadCpuTime);
        List<String> rows = new ArrayList<>();
        streams.out().print(ScaleRow.HEAD);
        for (int size : members) {
            for (int idBytes : study.nodeIdBytes) {
                for (ProtocolVersion protocol : ProtocolVersion.values()) {
                    ScaleRow row = measuring.measure(size, idBytes, protocol);
                    streams.out().print(row.markdown());
                    streams.out().flush();
                    rows.add(row.json());
                }
            }
        }
        write(json, "[" + String.join(",\n", rows) + "]\n");
        return 0;
    }

    private int explore() {
        long first = randomSeed != null ? randomSeed : System.currentTimeMillis();
        double most = minutes != null ? minutes : count != null ? Double.MAX_VALUE : 10;
        long start = System.nanoTime();
        Explorer.Outcome outcome = new Explorer(seed -> {}, detector == null ? DetectorSettings.DEFAULT_RULE : detector)
                .explore(
                        first, count != null ? count : Long.MAX_VALUE, () -> (System.nanoTime() - start) / 60e9 < most);
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        streams.out()
                .printf(
                        "%d scenarios from random seed %d, %.0f virtual seconds in %.1f s%n",
                        outcome.scenarios(), first, outcome.virtualSeconds(), wallSeconds);
        outcome.found().ifPresent(this::tell);
        return outcome.found().isPresent() ? LAW_BROKEN : 0;
    }

    private void tell(Explorer.Found found) {
        streams.out().println("broken: " + found.violation());
        streams.out().println("smallest scenario, breaks: " + found.smallestViolation());
        streams.out().print(found.smallest());
        streams.err().println("replay: " + found.replayCommand());
        RunResult result = Simulation.run(found.smallest());
        write(json, JsonReport.of(result) + "\n");
        write(html, HtmlReport.of(result));
    }

    private Scenario scenario(String source) {
        try {
            Optional<Scenario> listed = Catalogue.find(source);
            return listed.isPresent()
                    ? listed.get()
                    : Scenario.parse(Files.readString(Path.of(source), StandardCharsets.UTF_8));
        } catch (ScenarioException e) {
            throw wrongUsage(source + ": " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw wrongUsage("cannot read " + source + ": " + Failures.reason(e));
        }
    }

    private static void write(@Nullable Path target, String text) {
        if (target != null) {
            try {
                Files.writeString(target, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new RunException("cannot write " + target + ": " + Failures.reason(e), e);
            }
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
