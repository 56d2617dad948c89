/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class TestLogTest {
    @Test
    void writesEachLineOnce() throws IOException {
        String line = "a line of its own, " + UUID.randomUUID();

        System.getLogger("io.gossip.messaging.log").log(System.Logger.Level.ERROR, line);

        Path file = Path.of(System.getProperty("basedir", "."), "target", "test.log");
        assertThat(Files.readAllLines(file))
                .filteredOn(each -> each.contains(line))
                .hasSize(1);
    }

    @Test
    void takesTheLevelFromTheEnvironment() {
        assertThat(TestLog.level(Map.of())).isEqualTo(Level.INFO);
        assertThat(TestLog.level(Map.of("GOSSIP_LOG", "debug"))).isEqualTo(Level.FINE);
        assertThat(TestLog.level(Map.of("GOSSIP_LOG", "warn"))).isEqualTo(Level.WARNING);
    }
}
