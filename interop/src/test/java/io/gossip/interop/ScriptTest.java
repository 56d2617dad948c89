/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.interop.ScriptedCluster.Make;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same script brings clusters of Rust members, of ours and of both to the same states and versions. */
@WithRust
@Timeout(600)
class ScriptTest {
    static LongStream randomSeeds() {
        return RandomSeeds.of(5);
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void clustersOfAnyMakeEndInTheSameStates(long randomSeed, Cluster cluster) {
        try {
            List<Script.Act> script = Script.of(randomSeed);
            List<Map<String, View.Known>> expected =
                    new ScriptedCluster(Make.ALL_RUST, randomSeed, cluster).perform(script);
            for (Make make : List.of(Make.ALL_JAVA, Make.MIXED)) {
                List<Map<String, View.Known>> actual = new ScriptedCluster(make, randomSeed, cluster).perform(script);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(actual.get(i))
                            .as("%s at checkpoint %s", make, i)
                            .containsExactlyInAnyOrderEntriesOf(expected.get(i));
                }
            }
        } catch (AssertionError difference) {
            throw new AssertionError(
                    difference.getMessage() + "\n" + RandomSeeds.replay(ScriptTest.class, randomSeed), difference);
        }
    }
}
