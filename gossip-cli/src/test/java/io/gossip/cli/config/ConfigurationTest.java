/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConfigurationTest {
    private static final ConfigKeys KEYS = SomeOptions.keys();

    @Test
    void letsTheStrongerLayerHold() {
        Configuration configuration = layered(List.of(
                List.of(inFile("mode", "slow"), inFile("phi", "1"), inFile("limit", "1"), inFile("seed", "a:1", "b:2")),
                List.of(inEnvironment("phi", "2"), inEnvironment("limit", "2"), inEnvironment("seed", "c:3")),
                List.of(option("limit", "3"))));

        assertThat(configuration.arguments()).containsExactly("--seed=c:3", "--limit=3", "--phi=2", "--mode=slow");
        assertThat(configuration.settings())
                .extracting(setting -> setting.origin().where())
                .containsExactly("GOSSIP_SEED", "--limit", "GOSSIP_PHI", "f.yaml:1");
    }

    @Test
    void letsAnEmptyListReplaceAWeakerOne() {
        Configuration configuration = layered(List.of(List.of(inFile("seed", "a:1")), List.of(inEnvironment("seed"))));

        assertThat(configuration.arguments()).isEmpty();
    }

    @Test
    void letsEitherOfTwoNamesForOneThingReplaceTheOther() {
        assertThat(layered(List.of(List.of(inFile("interval", "1s")), List.of(option("interval-ms", "5"))))
                        .arguments())
                .containsExactly("--interval-ms=5");
        assertThat(layered(List.of(List.of(inFile("interval-ms", "5")), List.of(option("interval", "1s"))))
                        .arguments())
                .containsExactly("--interval=1s");
        assertThat(layered(List.of(List.of(inFile("interval-ms", "5"), inFile("interval", "1s"))))
                        .problems())
                .singleElement()
                .asString()
                .contains("interval-ms", "give one of them");
    }

    @Test
    void namesTheKeysInWhichTwoDiffer() {
        Configuration one = layered(List.of(List.of(inFile("mode", "slow"), inFile("phi", "1"))));
        Configuration other = layered(List.of(List.of(inFile("phi", "1"), inFile("strict", "true"))));

        assertThat(one.differences(other)).extracting(ConfigKey::name).containsExactly("mode", "strict");
        assertThat(one.differences(one)).isEmpty();
    }

    @Test
    void holdsChangesBack() {
        Configuration running = layered(List.of(List.of(inFile("mode", "slow"), inFile("phi", "1"))));
        Configuration read =
                layered(List.of(List.of(inFile("phi", "2"), inFile("strict", "true"), inFile("limit", "1"))));

        Configuration kept = read.keeping(running, Set.of(key("mode"), key("phi"), key("strict")));

        assertThat(kept.arguments()).containsExactly("--limit=1", "--phi=1", "--mode=slow");
    }

    @Test
    void showsEveryKeyWithItsOrigin() {
        Configuration configuration =
                layered(List.of(List.of(inFile("seed", "a:1", "b:2")), List.of(option("interval-ms", "5"))));

        assertThat(ConfigTable.lines(configuration))
                .hasSameSizeAs(KEYS.all())
                .anyMatch(line -> line.matches("seed +a:1, b:2 +f\\.yaml:1"))
                .anyMatch(line -> line.matches("interval +see interval-ms +default"))
                .anyMatch(line -> line.matches("phi +8\\.0 +default"));
        assertThat(ConfigTable.json(configuration).at("/settings/1"))
                .hasToString(
                        "{\"key\":\"seed\",\"value\":[\"a:1\",\"b:2\"],\"source\":\"file\",\"where\":\"f.yaml:1\"}");
    }

    private static Configuration layered(List<List<Setting>> layers) {
        return Configuration.layered(KEYS, layers);
    }

    private static Setting inFile(String name, String... values) {
        return new Setting(key(name), List.of(values), new Origin.InFile("f.yaml", 1));
    }

    private static Setting inEnvironment(String name, String... values) {
        return new Setting(
                key(name), List.of(values), new Origin.InEnvironment(key(name).variable()));
    }

    private static Setting option(String name, String... values) {
        return new Setting(key(name), List.of(values), new Origin.OnCommandLine("--" + name));
    }

    private static ConfigKey key(String name) {
        return KEYS.find(name).orElseThrow();
    }
}
