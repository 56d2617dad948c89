/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever strangers, peers and callers do, what {@link HostileRun} checks holds. {@code JAZZER_FUZZ=1 mvn -pl gossip-core
 * test -Dtest=HostileEngineFuzzTest} explores; without it, random bytes.
 */
class HostileEngineFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void nothingAnEnemySaysBreaksAnEngine(byte[] choices) {
        new HostileRun(choices).run();
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void nothingARandomEnemySaysBreaksAnEngine(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 10; i++) {
            byte[] choices = new byte[8_000];
            random.nextBytes(choices);
            new HostileRun(choices).run();
        }
    }
}
