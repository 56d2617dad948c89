/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogLevelsTest {
    @Test
    void informsAboutUsAndWarnsAboutOthersByDefault() {
        assertThat(LogLevels.parse("").levels()).isEqualTo(Map.of("ROOT", Level.WARN, "io.gossip", Level.INFO));
    }

    @Test
    void setsOurLevel() {
        assertThat(LogLevels.parse("DEBUG").levels()).containsEntry("io.gossip", Level.DEBUG);
    }

    @Test
    void setsTheLevelsOfOtherLoggers() {
        assertThat(LogLevels.parse("trace, io.netty=info ,root=error").levels())
                .isEqualTo(Map.of("ROOT", Level.ERROR, "io.gossip", Level.TRACE, "io.netty", Level.INFO));
    }

    @Test
    void complainsAboutTheRestAndKeepsTheDefaults() {
        LogLevels levels = LogLevels.parse("loud,io.netty=quiet,=info");

        assertThat(levels.levels()).isEqualTo(LogLevels.parse("").levels());
        assertThat(levels.complaints()).hasSize(3).first().asString().contains("'loud'");
    }
}
