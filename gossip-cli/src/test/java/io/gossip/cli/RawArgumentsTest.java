/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RawArgumentsTest {
    private static final byte[] COMMAND_LINE = "java\0-jar\0gossip.jar\0--set\0city=K\u00f6ln\0".getBytes(UTF_8);

    @Test
    void givesBackTheBytesThatTheLocaleLost() {
        String[] lost = {"--set", "city=K\ufffd\ufffdln"};

        assertThat(RawArguments.recover(lost, COMMAND_LINE)).containsExactly("--set", "city=K\u00f6ln");
    }

    @Test
    void leavesAloneWhatDoesNotBelongTogether() {
        String[] other = {"--not", "city=K\ufffd\ufffdln"};

        assertThat(RawArguments.recover(other, COMMAND_LINE)).isSameAs(other);
        assertThat(RawArguments.recover(other, new byte[0])).isSameAs(other);
    }

    @Test
    void leavesPlainArgumentsAlone() {
        String[] plain = {"--set", "a=b"};

        assertThat(RawArguments.recover(plain)).isSameAs(plain);
    }
}
