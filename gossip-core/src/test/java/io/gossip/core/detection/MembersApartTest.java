/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of many members against tables of one each: what is heard of one member changes nothing of another. */
class MembersApartTest {
    private static final int MEMBERS = 40;
    private static final int STEPS = 20_000;
    private static final DetectorSettings SETTINGS =
            new DetectorSettings(8, 20, Duration.ofSeconds(10), Duration.ofSeconds(1));

    /** Ledger, detector and relay as the engine wires them, for the members in them. */
    private static final class Tables {
        final HeartbeatLedger ledger = new HeartbeatLedger(SETTINGS.phiThreshold());
        final PhiAccrualDetector detector = new PhiAccrualDetector(SETTINGS);
        final HeartbeatRelay relay = new HeartbeatRelay();

        void meet(int member, long heartbeat) {
            ledger.start(member, heartbeat);
            detector.begin(member);
            relay.start(member, heartbeat);
        }

        HeartbeatLedger.Verdict hear(int member, long heartbeat, boolean ownVoice, long nowNanos) {
            HeartbeatLedger.Verdict verdict =
                    ledger.observe(member, heartbeat, ownVoice, detector.phi(member, nowNanos), nowNanos);
            if (verdict.isSignOfLife()) {
                detector.signOfLife(member, nowNanos);
            }
            if (ownVoice) {
                relay.ownVoice(member, heartbeat, nowNanos);
            } else if (verdict.isSignOfLife()) {
                relay.hearsay(member, ledger.believed(member), 10, nowNanos);
            }
            return verdict;
        }

        List<Object> allOf(int member, long nowNanos) {
            return List.of(
                    ledger.believed(member),
                    relay.value(member),
                    detector.samples(member),
                    detector.phi(member, nowNanos),
                    detector.silenceNanos(member, nowNanos),
                    detector.detectionTimeoutNanos(member));
        }
    }

    private final Tables together = new Tables();
    private final List<Tables> apart = new ArrayList<>();
    private Random random = new Random();
    private DetectorSettings settings = SETTINGS;
    private long nowNanos = -5;

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void oneTableOfManyDoesAsManyTablesOfOne(long randomSeed) {
        random = new Random(randomSeed);
        for (int step = 0; step < STEPS; step++) {
            nowNanos += random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(200));
            switch (random.nextInt(200)) {
                case 0 -> meet();
                case 1 -> together.detector.shiftClock(shiftedApart());
                case 2 -> reconfigure();
                default -> hear();
            }
        }
        for (int member = 0; member < apart.size(); member++) {
            assertThat(together.allOf(member, nowNanos))
                    .isEqualTo(apart.get(member).allOf(0, nowNanos));
        }
    }

    /** Somebody new, in the next slot or in that of one who is gone. */
    private void meet() {
        long heartbeat = random.nextInt(3);
        int member = random.nextInt(Math.min(MEMBERS, apart.size() + 1));
        Tables alone = new Tables();
        reconfigure(alone, settings, 1);
        alone.meet(0, heartbeat);
        if (member == apart.size()) {
            apart.add(alone);
        } else {
            apart.set(member, alone);
        }
        together.meet(member, heartbeat);
    }

    private void hear() {
        if (apart.isEmpty()) {
            return;
        }
        int member = random.nextInt(apart.size());
        Tables alone = apart.get(member);
        long heartbeat = alone.ledger.believed(0) + random.nextInt(2_000) - random.nextInt(1_000);
        boolean ownVoice = random.nextInt(4) == 0;
        assertThat(together.hear(member, heartbeat, ownVoice, nowNanos))
                .isEqualTo(alone.hear(0, heartbeat, ownVoice, nowNanos));
        if (random.nextInt(500) == 0) {
            together.detector.forgetIntervals(member);
            alone.detector.forgetIntervals(0);
        }
    }

    private long shiftedApart() {
        long shiftNanos = random.nextInt();
        apart.forEach(alone -> alone.detector.shiftClock(shiftNanos));
        return shiftNanos;
    }

    private void reconfigure() {
        settings = new DetectorSettings(
                1 + random.nextInt(10), 1 + random.nextInt(400), Duration.ofSeconds(10), Duration.ofSeconds(1));
        double factor = 1 + random.nextDouble();
        apart.forEach(alone -> reconfigure(alone, settings, factor));
        reconfigure(together, settings, factor);
    }

    private static void reconfigure(Tables tables, DetectorSettings wanted, double factor) {
        tables.ledger.reconfigure(wanted.phiThreshold());
        tables.detector.reconfigure(wanted);
        tables.detector.stretchIntervals(factor);
    }
}
