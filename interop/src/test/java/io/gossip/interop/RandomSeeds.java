/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** Random seeds of the differential tests: some fixed ones and a fresh one, or only that of {@code -Dgossip.randomSeed}. */
final class RandomSeeds {
    private RandomSeeds() {}

    static LongStream of(int fixed) {
        Long given = Long.getLong("gossip.randomSeed");
        return given == null
                ? LongStream.concat(
                        LongStream.rangeClosed(1, fixed),
                        LongStream.of(ThreadLocalRandom.current().nextInt(1_000_000, Integer.MAX_VALUE)))
                : LongStream.of(given);
    }

    /** How to run one again. */
    static String replay(Class<?> test, long randomSeed) {
        return "replay with: mvn -Pquick,interop -pl interop -am verify -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + test.getSimpleName() + " -Dgossip.randomSeed=" + randomSeed;
    }
}
