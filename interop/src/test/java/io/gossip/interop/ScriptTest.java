/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.interop.ScriptedCluster.Make;
import io.gossip.interop.ScriptedCluster.Picture;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same script brings clusters of Rust members, of ours and of both to the same states and versions. */
@WithRust
@Timeout(180)
class ScriptTest {
    static LongStream randomSeeds() {
        return RandomSeeds.of(6);
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void clustersOfAnyMakeEndInTheSameStates(long randomSeed, Cluster cluster) {
        try {
            List<Script.Act> script = Script.of(randomSeed);
            List<Picture> rust = new ScriptedCluster(Make.ALL_RUST, randomSeed, cluster).perform(script);
            List<Picture> java = new ScriptedCluster(Make.ALL_JAVA, randomSeed, cluster).perform(script);
            List<Picture> mixed = new ScriptedCluster(Make.MIXED, randomSeed, cluster).perform(script);
            assertThat(java).as("Java to Rust").isEqualTo(rust);
            assertThat(mixed).as("mixed to Rust").isEqualTo(rust);
        } catch (AssertionError difference) {
            throw new AssertionError(
                    difference.getMessage() + "\n" + RandomSeeds.replay(ScriptTest.class, randomSeed), difference);
        }
    }
}
