/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConfigEnvironmentTest {
    @Test
    void readsAVariableForEachOption() {
        ConfigEnvironment environment = read(Map.of(
                "GOSSIP_BIND_ADDR", " 10.0.0.7:1 ",
                "GOSSIP_SEED", "a:1, b:2,",
                "GOSSIP_SET", "a=1,b=x=y",
                "GOSSIP_STRICT", "true",
                "SEED", "c:3"));

        assertThat(environment.settings())
                .extracting(setting -> setting.origin().where() + " " + setting.arguments())
                .containsExactly(
                        "GOSSIP_BIND_ADDR [--bind-addr=10.0.0.7:1]",
                        "GOSSIP_SEED [--seed=a:1, --seed=b:2]",
                        "GOSSIP_SET [--set=a=1, --set=b=x=y]",
                        "GOSSIP_STRICT [--strict=true]");
        assertThat(environment.warnings()).isEmpty();
    }

    @Test
    void takesAnEmptyVariableForNone() {
        assertThat(read(Map.of("GOSSIP_SEED", "", "GOSSIP_MODE", " ")).settings())
                .isEmpty();
    }

    @Test
    void warnsOfAVariableThatMeansNothingWithoutItsValue() {
        ConfigEnvironment environment =
                read(Map.of("GOSSIP_INTERVALL", "secret", "GOSSIP_WHATEVER_ELSE", "secret", "GOSSIP_URL", "known"));

        assertThat(environment.settings()).isEmpty();
        assertThat(environment.warnings())
                .hasSize(2)
                .noneMatch(line -> line.contains("secret"))
                .anyMatch(line -> line.contains("GOSSIP_INTERVALL") && line.endsWith("did you mean GOSSIP_INTERVAL?"))
                .anyMatch(line -> line.contains("GOSSIP_WHATEVER_ELSE") && !line.contains("mean GOSSIP"));
    }

    @Test
    void leavesTheLinksOfKubernetesAlone() {
        // What a container sees beside services named gossip, gossip-seed and gossip-service.
        ConfigEnvironment environment = read(Map.ofEntries(
                Map.entry("GOSSIP_SERVICE_HOST", "10.96.0.7"),
                Map.entry("GOSSIP_SERVICE_PORT", "7280"),
                Map.entry("GOSSIP_SERVICE_PORT_HTTP", "8080"),
                Map.entry("GOSSIP_PORT", "tcp://10.96.0.7:7280"),
                Map.entry("GOSSIP_PORT_7280_UDP", "udp://10.96.0.7:7280"),
                Map.entry("GOSSIP_PORT_7280_UDP_PROTO", "udp"),
                Map.entry("GOSSIP_PORT_7280_UDP_PORT", "7280"),
                Map.entry("GOSSIP_PORT_7280_UDP_ADDR", "10.96.0.7"),
                Map.entry("GOSSIP_SEED_SERVICE_HOST", "10.96.0.8"),
                Map.entry("GOSSIP_SEED_PORT", "udp://10.96.0.8:7280"),
                Map.entry("GOSSIP_SEED_PORT_7280_UDP_ADDR", "10.96.0.8"),
                Map.entry("GOSSIP_SERVICE_SERVICE_PORT", "1"),
                Map.entry("GOSSIP_SERVICE_PORT_80_TCP", "tcp://10.96.0.9:80")));

        assertThat(environment.settings()).isEmpty();
        assertThat(environment.warnings()).isEmpty();
    }

    @Test
    void warnsOfAPortThatNobodyLinked() {
        assertThat(read(Map.of("GOSSIP_PORT", "7280")).warnings()).hasSize(1);
    }

    private static ConfigEnvironment read(Map<String, String> variables) {
        return ConfigEnvironment.read(variables, SomeOptions.keys(), Set.of("GOSSIP_URL"));
    }
}
