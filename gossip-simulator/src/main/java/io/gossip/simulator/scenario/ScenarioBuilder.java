/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects a scenario. <b>Threads:</b> confined. */
public final class ScenarioBuilder {
    private String name;
    private String about = "";
    private int members = 3;
    private MemberSet seedNodes = MemberSet.of(1);
    private Duration startEvery = Duration.ofMillis(10);
    private int initialKeys = 1;
    private int initialValueBytes = 10;
    private int nodeIdBytes;
    private EngineSettings engine = EngineSettings.DEFAULT;
    private NetworkSettings network = NetworkSettings.DEFAULT;
    private @Nullable Duration duration;
    private boolean endsEarly = true;
    private long randomSeed = 1;
    private final List<Scenario.Step> steps = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final Set<String> excused = new TreeSet<>();

    ScenarioBuilder(String name) {
        this.name = name;
    }

    ScenarioBuilder(Scenario from) {
        name = from.name();
        about = from.about();
        members = from.members();
        seedNodes = from.seedNodes();
        startEvery = from.startEvery();
        initialKeys = from.initialKeys();
        initialValueBytes = from.initialValueBytes();
        nodeIdBytes = from.nodeIdBytes();
        engine = from.engine();
        network = from.network();
        duration = from.duration();
        endsEarly = from.endsEarly();
        randomSeed = from.randomSeed();
        steps.addAll(from.steps());
        expectations.addAll(from.expectations());
        excused.addAll(from.excused());
    }

    /**
     * Another name.
     *
     * @param value one word
     * @return this
     */
    public ScenarioBuilder name(String value) {
        name = value;
        return this;
    }

    /**
     * What the scenario proves.
     *
     * @param value one line
     * @return this
     */
    public ScenarioBuilder about(String value) {
        about = value.strip();
        return this;
    }

    /**
     * How many members there are; default 3.
     *
     * @param value 1 to 100,000
     * @return this
     */
    public ScenarioBuilder members(int value) {
        members = value;
        return this;
    }

    /**
     * Whom all others know from the start; default member 1.
     *
     * @param value which members
     * @return this
     */
    public ScenarioBuilder seedNodes(MemberSet value) {
        seedNodes = value;
        return this;
    }

    /**
     * Time between the starts of two members; default 10 ms.
     *
     * @param value the setting
     * @return this
     */
    public ScenarioBuilder startEvery(Duration value) {
        startEvery = value;
        return this;
    }

    /**
     * Keys that each member has from the start; default one of 10 bytes.
     *
     * @param keys how many
     * @param valueBytes length of each value
     * @return this
     */
    public ScenarioBuilder initialKeys(int keys, int valueBytes) {
        initialKeys = keys;
        initialValueBytes = valueBytes;
        return this;
    }

    /**
     * Length that node ids are filled up to; default: as short as they come.
     *
     * @param value bytes
     * @return this
     */
    public ScenarioBuilder nodeIdBytes(int value) {
        nodeIdBytes = value;
        return this;
    }

    /**
     * How members are configured; default {@link EngineSettings#DEFAULT}.
     *
     * @param value the settings
     * @return this
     */
    public ScenarioBuilder engine(EngineSettings value) {
        engine = value;
        return this;
    }

    /**
     * Time between two rounds; default 1 s.
     *
     * @param value the setting
     * @return this
     */
    public ScenarioBuilder interval(Duration value) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                value,
                e.protocol(),
                e.fanout(),
                e.phiThreshold(),
                e.initialInterval(),
                e.detectorRule(),
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * Version that opens handshakes; default V0.
     *
     * @param value the setting
     * @return this
     */
    public ScenarioBuilder protocol(ProtocolVersion value) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                value,
                e.fanout(),
                e.phiThreshold(),
                e.initialInterval(),
                e.detectorRule(),
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * The detector.
     *
     * @param phiThreshold suspicion above which a member counts as dead
     * @param initialInterval gap assumed at first
     * @return this
     */
    public ScenarioBuilder detector(double phiThreshold, Duration initialInterval) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                e.protocol(),
                e.fanout(),
                phiThreshold,
                initialInterval,
                e.detectorRule(),
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * What the detector makes of its own condition; default {@link DetectorSettings#DEFAULT_RULE}.
     *
     * @param value the rule
     * @return this
     */
    public ScenarioBuilder detectorRule(DetectorRule value) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                e.protocol(),
                e.fanout(),
                e.phiThreshold(),
                e.initialInterval(),
                value,
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * How long what is gone is remembered.
     *
     * @param tombstones grace period of deleted keys
     * @param deadNodes grace period of dead members
     * @return this
     */
    public ScenarioBuilder grace(Duration tombstones, Duration deadNodes) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                e.protocol(),
                e.fanout(),
                e.phiThreshold(),
                e.initialInterval(),
                e.detectorRule(),
                tombstones,
                deadNodes,
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * Limits of every member.
     *
     * @param datagramBytes longest datagram sent
     * @param maxMembers most members listed
     * @return this
     */
    public ScenarioBuilder limits(int datagramBytes, int maxMembers) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                e.protocol(),
                e.fanout(),
                e.phiThreshold(),
                e.initialInterval(),
                e.detectorRule(),
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                datagramBytes,
                maxMembers);
        return this;
    }

    /**
     * Rounds.
     *
     * @param fanout live members gossiped with in each
     * @return this
     */
    public ScenarioBuilder fanout(int fanout) {
        EngineSettings e = engine;
        engine = new EngineSettings(
                e.interval(),
                e.protocol(),
                fanout,
                e.phiThreshold(),
                e.initialInterval(),
                e.detectorRule(),
                e.tombstoneGrace(),
                e.deadNodeGrace(),
                e.datagramBytes(),
                e.maxMembers());
        return this;
    }

    /**
     * How the network behaves from the start.
     *
     * @param change one of its settings
     * @return this
     */
    public ScenarioBuilder network(NetworkSettings.Change change) {
        network = network.with(change);
        return this;
    }

    /**
     * How long the run takes; default: as long as actions and expectations need.
     *
     * @param value virtual time
     * @return this
     */
    public ScenarioBuilder duration(Duration value) {
        duration = value;
        endsEarly = false;
        return this;
    }

    /**
     * How long the run takes at most; it ends as soon as all is done and seen.
     *
     * @param value virtual time
     * @return this
     */
    public ScenarioBuilder atMost(Duration value) {
        duration = value;
        endsEarly = true;
        return this;
    }

    /**
     * Lets the run end as soon as all is done and seen, and no later than actions and expectations need.
     *
     * @return this
     */
    public ScenarioBuilder asLongAsNeeded() {
        duration = null;
        endsEarly = true;
        return this;
    }

    /**
     * Start value of all that is left to chance; default 1.
     *
     * @param value any
     * @return this
     */
    public ScenarioBuilder randomSeed(long value) {
        randomSeed = value;
        return this;
    }

    /**
     * Adds an action.
     *
     * @param when virtual time since the start
     * @param action what is done
     * @return this
     */
    public ScenarioBuilder at(Duration when, Action action) {
        steps.add(new Scenario.Step(when, action));
        return this;
    }

    /**
     * Adds an expectation.
     *
     * @param expectation what is to be seen
     * @return this
     */
    public ScenarioBuilder expect(Expectation expectation) {
        expectations.add(expectation);
        return this;
    }

    /**
     * Says that a law need not hold here.
     *
     * @param law its name
     * @return this
     */
    public ScenarioBuilder excuse(String law) {
        excused.add(law);
        return this;
    }

    /**
     * Replaces the actions.
     *
     * @param value the new ones
     * @return this
     */
    public ScenarioBuilder steps(List<Scenario.Step> value) {
        steps.clear();
        steps.addAll(value);
        return this;
    }

    /**
     * Replaces the expectations.
     *
     * @param value the new ones
     * @return this
     */
    public ScenarioBuilder expectations(List<Expectation> value) {
        expectations.clear();
        expectations.addAll(value);
        return this;
    }

    /**
     * The scenario.
     *
     * @return an immutable scenario
     * @throws ScenarioException if the parts do not fit together
     */
    public Scenario build() {
        return new Scenario(
                name,
                about,
                members,
                seedNodes,
                startEvery,
                initialKeys,
                initialValueBytes,
                nodeIdBytes,
                engine,
                network,
                duration != null ? duration : needed(),
                endsEarly,
                randomSeed,
                steps,
                expectations,
                excused);
    }

    private Duration needed() {
        Duration quiet = startEvery.multipliedBy(members);
        for (Scenario.Step step : steps) {
            quiet = max(quiet, step.end());
        }
        Duration needed = quiet;
        for (Expectation expectation : expectations) {
            if (expectation instanceof Expectation.Converged converged) {
                needed = max(needed, quiet.plus(converged.within()));
            } else if (expectation instanceof Expectation.Sees sees) {
                needed = max(needed, sees.at().plus(sees.within()));
            } else if (expectation instanceof Expectation.Reads reads) {
                needed = max(needed, reads.at().plus(reads.within()));
            }
        }
        return needed;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
