/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReadableIdTest {
    @Test
    void namesTheAddressAndThreeWords() {
        assertThat(ReadableId.forServer("127.0.0.1:10000", new Random(1)))
                .matches("server:127\\.0\\.0\\.1:10000-[a-z]+-[a-z]+-[a-z]+");
    }

    @Test
    void hardlyEverNamesTheSameTwice() {
        Random random = new Random(1);

        assertThat(IntStream.range(0, 100).mapToObj(i -> ReadableId.forServer("a", random)).distinct())
                .hasSizeGreaterThan(97);
    }
}
