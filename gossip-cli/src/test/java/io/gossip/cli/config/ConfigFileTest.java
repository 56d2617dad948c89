/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final String YAML = """
            # who
            bind-addr: 0.0.0.0:7280
            seed:
              - a.example:1
              - "[2001:db8::7]:2"
            set: {version: 1.10, empty: "", on: yes, "a=b": "x=y"}
            type:
              indexer: true
            interval: 250ms
            limit: 65536
            phi: 7.5
            mode: slow
            strict: true
            token-file: secrets/readers
            """;
    private static final String JSON = """
            {"bind-addr": "0.0.0.0:7280", "seed": ["a.example:1", "[2001:db8::7]:2"],
             "set": {"version": 1.10, "empty": "", "on": "yes", "a=b": "x=y"}, "type": {"indexer": true},
             "interval": "250ms", "limit": 65536, "phi": 7.5, "mode": "slow", "strict": true,
             "token-file": "secrets/readers"}
            """;
    private static final String PROPERTIES = """
            # a comment, even with a backslash at its end \\
            bind-addr = 0.0.0.0:7280
            seed: a.example:1, \\
                  [2001:db8::7]:2
            set.version=1.10
            set.empty=
            set.on=yes
            set.a\\=b=x=y
            type.indexer=true
            interval=250ms
            limit=65536
            phi=7.5
            mode=slow
            strict=true
            token-file=secrets/readers
            """;

    @TempDir
    Path directory = Path.of("unset");

    @Test
    void readsTheSameFromEachFormat() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        expected.put("bind-addr", List.of("0.0.0.0:7280"));
        expected.put("seed", List.of("a.example:1", "[2001:db8::7]:2"));
        expected.put("set", List.of("version=1.10", "empty=", "on=yes", "a=b=x=y"));
        expected.put("type", List.of("indexer=true"));
        expected.put("interval", List.of("250ms"));
        expected.put("limit", List.of("65536"));
        expected.put("phi", List.of("7.5"));
        expected.put("mode", List.of("slow"));
        expected.put("strict", List.of("true"));
        expected.put("token-file", List.of(directory.resolve("secrets/readers").toString()));

        assertThat(values(read("a.yaml", YAML))).isEqualTo(expected);
        assertThat(values(read("a.yml", YAML))).isEqualTo(expected);
        assertThat(values(read("a.json", JSON))).isEqualTo(expected);
        assertThat(values(read("a.properties", PROPERTIES))).isEqualTo(expected);
    }

    @Test
    void remembersTheLine() throws IOException {
        assertThat(lines(read("a.yaml", YAML))).containsEntry("bind-addr", 2).containsEntry("strict", 13);
        assertThat(lines(read("a.json", JSON))).containsEntry("bind-addr", 1).containsEntry("interval", 3);
        assertThat(lines(read("a.properties", PROPERTIES)))
                .containsEntry("seed", 3)
                .containsEntry("set", 5)
                .containsEntry("strict", 14);
    }

    @ParameterizedTest
    @CsvSource({"a.yaml, '', ", "b.yaml, # nothing, ", "c.json, {}, ", "d.properties, '', ", "e.yaml, \uFEFF# mark,"})
    void mayBeEmpty(String name, String text) throws IOException {
        assertThat(read(name, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                a.yaml | intervall: 1s                 | 1: unknown key 'intervall', did you mean 'interval'?
                a.yaml | bind_addr: a:1                | 1: unknown key 'bind_addr', did you mean 'bind-addr'?
                a.yaml | something-else: 1             | 1: unknown key 'something-else', known: bind-addr, seed
                a.yaml | config: x.yaml                | 1: unknown key 'config'
                a.yaml | seed: a:1                     | 1: seed: expected a list, each item HOST:PORT
                a.yaml | seed: [[a:1]]                 | 1: seed: expected a list, each item HOST:PORT
                a.yaml | phi: '"8"'                    | 1: phi: expected a number, got the text '8'
                a.yaml | phi: 8, phi: 9                | 2: phi: given twice, before at
                a.yaml | interval: 1                   | 1: interval: expected a duration like 100ms
                a.yaml | interval:                     | 1: interval: expected a duration like 100ms
                a.yaml | interval-ms: 1.5              | 1: interval-ms: expected a whole number, got the number 1.5
                a.yaml | strict: on                    | 1: strict: expected true or false, got the text 'on'
                a.yaml | mode: true                    | 1: mode: expected fast or slow, got true without quotes
                a.yaml | set: [a=1]                    | 1: set: expected names with values, each value text
                a.yaml | set: {a: {b: c}}              | 1: set: expected names with values
                a.yaml | set: {a: 1, a: 2}             | 1: set: 'a' is given twice
                a.yaml | type: {a: maybe}              | 1: type: expected names with values, each value true or false
                a.yaml | mode: &x slow, interval: *x   | 2: interval: expected a duration like 100ms, 1s, 10m, 24h or PT1S, got an alias
                a.yaml | - a                           | 1: expected keys with values, got a list
                a.yaml | 'phi: 8, ---, phi: 9'         | 3: expected the end
                a.json | {"phi": 8} {}                 | 1: expected the end
                a.properties | phy=8                   | 1: unknown key 'phy', did you mean 'phi'?
                a.properties | set=a                   | 1: set: expected names with values
                a.properties | set.a=1,set.a=2         | 2: set: 'a' is given twice
                a.properties | seed.a=1                | 1: unknown key 'seed.a'
                a.properties | phi=\\u00g0             | 1: not properties
                """)
    void refusesAndSaysWhere(String name, String text, String complaint) throws IOException {
        String content = text.replace(name.endsWith("json") || text.contains("{") ? "\0" : ",", "\n")
                .replace("\n ", "\n")
                .replace("'\"", "\"")
                .replace("\"'", "\"");
        Path file = directory.resolve(name);
        assertThat(problems(name, content))
                .first()
                .asString()
                .startsWith(file + ":")
                .contains(complaint);
    }

    /** Each text is one that people write by mistake; {@code ~} ends a line, {@code >} is a tab. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                a.yaml | phi: 8~>mode: slow     | 2:1: not YAML: a tab: indent with spaces
                a.yaml | seed:~>- a:1           | 2:1: not YAML: a tab: indent with spaces
                a.yaml | mode: "slow~phi: 8     | 1:7: not YAML: this quote is never closed
                a.yaml | mode: 'slow            | 1:7: not YAML: this quote is never closed
                a.yaml | mode: "a\\q"           | 1:10: not YAML: no such escape
                a.yaml | seed: [a:1, b:2~phi: 8 | 1:7: not YAML: what is opened here must be closed by ']'
                a.yaml | set: {a: 1~phi: 8      | 1:6: not YAML: what is opened here must be closed by '}'
                a.yaml | mode: @slow            | 1:7: not YAML: a text cannot begin with '@': put it in quotes
                a.yaml | mode: a: b             | 1:8: not YAML: this ':' cannot stand here
                a.yaml | mode: slow~  phi: 8    | 2:6: not YAML: this ':' cannot stand here
                a.yaml | phi: 8~mode~           | 2:1: not YAML: a key without a value: write KEY: VALUE
                a.yaml | phi: 8~mode: §            | 2:7: not YAML: the character U+0001 is not allowed
                a.yaml | {{ phi: 8 }}           | 1:3: not YAML: a key must be plain text
                a.yaml | [phi]: 8               | 1:2: not YAML: a key must be plain text
                a.yaml | phi: }                 | 1:6: not YAML: look for a wrong indentation
                a.json | {"phi": 8,}            | 1:11: not JSON: names and texts stand in double quotes
                a.json | {phi: 8}               | 1:2: not JSON: names and texts stand in double quotes
                a.json | {"phi": 08}            | 1:10: not JSON: names and texts stand in double quotes
                a.json | {"phi": 8              | not JSON: it ends too early
                """)
    void saysWhereASyntaxBreaksInWordsOfItsOwn(String name, String text, String complaint) throws IOException {
        String content = text.strip().replace("~", "\n").replace(">", "\t").replace('§', '\1');

        assertThat(problems(name, content))
                .first()
                .asString()
                .startsWith(directory.resolve(name) + ":")
                .contains(complaint)
                .doesNotContain("scanning", "parsing", "snakeyaml", "(code", "[Source");
    }

    @Test
    void tellsAllThatIsWrongBesideWhatIsRight() throws IOException {
        FileContent content = content("a.yaml", "phi: x\nlimit: 7\nmood: fast\nstrict: 1\n");

        assertThat(content.problems()).hasSize(3);
        assertThat(values(content.settings())).isEqualTo(Map.of("limit", List.of("7")));
    }

    @Test
    void refusesWhatIsNoTextOrHasNoFormat() throws IOException {
        assertThat(problems("a.toml", "")).hasSize(1);
        Path latin = Files.write(directory.resolve("b.yaml"), "mode: \u00fc".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ConfigFile.read(latin, SomeOptions.keys()).problems())
                .singleElement()
                .asString()
                .contains("UTF-8");
        assertThatThrownBy(() -> problems("c.yaml", "#".repeat((1 << 20) + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yaml"), SomeOptions.keys()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Timeout(60) // a pipe would be waited for
    void readsRegularFilesOnly() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("folder.yaml"));
        assertThatThrownBy(() -> ConfigFile.read(folder, SomeOptions.keys())).hasMessageContaining("is a directory");
        Path endless = directory.resolve("endless.yaml");
        Path pipe = directory.resolve("pipe.yaml");
        assumeTrue(Files.exists(Path.of("/dev/zero"))
                && new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Files.createSymbolicLink(endless, Path.of("/dev/zero"));

        assertThatThrownBy(() -> ConfigFile.read(pipe, SomeOptions.keys())).hasMessageContaining("is a pipe");
        assertThatThrownBy(() -> ConfigFile.read(endless, SomeOptions.keys())).hasMessageContaining("or a device");
        Files.delete(endless); // whoever cleans up warns of links that lead out
    }

    private List<String> problems(String name, String text) throws IOException {
        return content(name, text).problems();
    }

    private List<Setting> read(String name, String text) throws IOException {
        FileContent content = content(name, text);
        assertThat(content.problems()).isEmpty();
        return content.settings();
    }

    private FileContent content(String name, String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve(name), text), SomeOptions.keys());
    }

    private static Map<String, List<String>> values(List<Setting> settings) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        settings.forEach(setting -> values.put(setting.key().name(), setting.values()));
        return values;
    }

    private static Map<String, Integer> lines(List<Setting> settings) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        settings.forEach(setting -> lines.put(setting.key().name(), ((Origin.InFile) setting.origin()).line()));
        return lines;
    }
}
