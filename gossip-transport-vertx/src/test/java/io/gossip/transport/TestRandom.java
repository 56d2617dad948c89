/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The random generator of a test; prints its random seed and takes one back with {@code -Dgossip.randomSeed=N}. */
final class TestRandom {
    private TestRandom() {}

    static RandomGenerator create() {
        Long given = Long.getLong("gossip.randomSeed");
        long randomSeed = given == null ? new SplittableRandom().nextLong() : given;
        System.out.println("random seed " + randomSeed);
        return new SplittableRandom(randomSeed);
    }
}
