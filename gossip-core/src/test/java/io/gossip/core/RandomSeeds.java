/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core;

import java.util.stream.LongStream;

/**
 * Random seeds for property tests: a few fixed ones, or the one given by {@code -Dgossip.randomSeed=N}. As the argument
 * of a parameterized test the seed stands in the name of a test that failed.
 */
public final class RandomSeeds {
    private RandomSeeds() {}

    public static LongStream seeds() {
        Long given = Long.getLong("gossip.randomSeed");
        return given == null ? LongStream.rangeClosed(1, 20) : LongStream.of(given);
    }
}
