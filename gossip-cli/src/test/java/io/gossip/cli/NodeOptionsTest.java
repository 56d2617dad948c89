/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.Profile;
import io.gossip.core.engine.ProtocolChoice;
import io.gossip.transport.HostPort;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class NodeOptionsTest {
    @Test
    void hasTheDefaultsOfTheTable() {
        NodeOptions options = node();

        assertThat(options.listenAddr).hasToString("127.0.0.1:10000");
        assertThat(options.gossipAddr).isNull();
        assertThat(options.advertiseAddr).isNull();
        assertThat(options.nodeId).isNull();
        assertThat(options.generation).isNull();
        assertThat(options.clusterId).isEqualTo("default-cluster");
        assertThat(options.seeds).isEmpty();
        assertThat(options.gossipInterval).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.intervalMillis).isNull();
        assertThat(options.protocol).isEqualTo(ProtocolChoice.V0);
        assertThat(options.profile).isEqualTo(Profile.INTEROP);
        assertThat(options.service).isEqualTo("api_gateway");
        assertThat(options.shard).isZero();
        assertThat(options.initialKeys).isEmpty();
    }

    @Test
    void hasTheTuningDefaultsOfTheTable() {
        TuningOptions tuning = node().tuning;

        assertThat(tuning.phiThreshold).isEqualTo(8.0);
        assertThat(tuning.samplingWindow).isEqualTo(1_000);
        assertThat(tuning.maxInterval).isEqualTo(Duration.ofSeconds(10));
        assertThat(tuning.initialInterval).isEqualTo(Duration.ofSeconds(5));
        assertThat(tuning.deadNodeGrace).isEqualTo(Duration.ofHours(24));
        assertThat(tuning.tombstoneGrace).isEqualTo(Duration.ofMinutes(10));
        assertThat(tuning.fanout).isEqualTo(3);
        assertThat(tuning.maxMembers).isEqualTo(10_000);
        assertThat(tuning.maxEntryBytes).isEqualTo(32_768);
        assertThat(tuning.maxStreamBytes).isNull();
        assertThat(tuning.maxStateBytes).isNull();
        assertThat(tuning.replyLimit).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "--listen-addr, --gossip-addr, --advertise-addr, --node-id, --cluster-id, --interval-ms",
        "--listen_addr, --gossip_addr, --advertise_addr, --node_id, --cluster_id, --interval_ms"
    })
    void readsBothSpellings(
            String listen, String gossip, String advertise, String id, String cluster, String interval) {
        NodeOptions options = node(
                listen,
                "localhost:1",
                gossip,
                "[::1]:2",
                advertise,
                "10.0.0.3:3",
                id,
                "n",
                cluster,
                "c",
                interval,
                "7");

        assertThat(options.listenAddr).isEqualTo(new HostPort("localhost", 1));
        assertThat(options.gossipAddr).isEqualTo(new HostPort("::1", 2));
        assertThat(options.advertiseAddr).isEqualTo(new HostPort("10.0.0.3", 3));
        assertThat(options.nodeId).isEqualTo("n");
        assertThat(options.clusterId).isEqualTo("c");
        assertThat(options.intervalMillis).isEqualTo(7);
    }

    @Test
    void readsTheOptionsOfTheMember() {
        NodeOptions options = node(
                "--generation=18446744073709551615",
                "--seed=a.example:1",
                "--seed",
                "127.0.0.1:2",
                "--gossip-interval=100ms",
                "--protocol=v1",
                "--profile=jvm",
                "--service=searcher",
                "--shard=3",
                "--set=b=1",
                "--set",
                "@a=x=y",
                "--set=c=");

        assertThat(options.generation).isEqualTo(-1L);
        assertThat(options.seeds).extracting(HostPort::toString).containsExactly("a.example:1", "127.0.0.1:2");
        assertThat(options.gossipInterval).isEqualTo(Duration.ofMillis(100));
        assertThat(options.protocol).isEqualTo(ProtocolChoice.V1);
        assertThat(options.profile).isEqualTo(Profile.JVM);
        assertThat(options.service).isEqualTo("searcher");
        assertThat(options.shard).isEqualTo(3);
        assertThat(options.initialKeys)
                .isEqualTo(List.of(new InitialKey("b", "1"), new InitialKey("@a", "x=y"), new InitialKey("c", "")));
    }

    @Test
    void readsTheTuningOptions() {
        TuningOptions tuning = node(
                        "--phi-threshold=7.5",
                        "--sampling-window=10",
                        "--max-interval=PT20S",
                        "--initial-interval=1s",
                        "--dead-node-grace-period=1h",
                        "--tombstone-grace-period=2m",
                        "--fanout=4",
                        "--max-members=5",
                        "--max-entry-bytes=1KiB",
                        "--max-stream-bytes=1MiB",
                        "--max-state-bytes=3GiB",
                        "--reply-limit=0")
                .tuning;

        assertThat(tuning.phiThreshold).isEqualTo(7.5);
        assertThat(tuning.samplingWindow).isEqualTo(10);
        assertThat(tuning.maxInterval).isEqualTo(Duration.ofSeconds(20));
        assertThat(tuning.initialInterval).isEqualTo(Duration.ofSeconds(1));
        assertThat(tuning.deadNodeGrace).isEqualTo(Duration.ofHours(1));
        assertThat(tuning.tombstoneGrace).isEqualTo(Duration.ofMinutes(2));
        assertThat(tuning.fanout).isEqualTo(4);
        assertThat(tuning.maxMembers).isEqualTo(5);
        assertThat(tuning.maxEntryBytes).isEqualTo(1_024);
        assertThat(tuning.maxStreamBytes).isEqualTo(1 << 20);
        assertThat(tuning.maxStateBytes).isEqualTo(3L << 30);
        assertThat(tuning.replyLimit).isZero();
    }

    @Test
    void readsTheSameOptionsWithoutACommand() {
        CommandLine root = tree();
        root.parseArgs("--listen_addr", "127.0.0.1:1", "--fanout", "9");
        NodeOptions options = root.<GossipCommand>getCommand().options;

        assertThat(options.listenAddr).hasToString("127.0.0.1:1");
        assertThat(options.tuning.fanout).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "--listen-addr=127.0.0.1",
                "--listen-addr=127.0.0.1:65536",
                "--listen-addr=::1:80",
                "--gossip-addr=300.1.1.1:1",
                "--advertise-addr=:1",
                "--generation=-1",
                "--seed=no spaces:1",
                "--gossip-interval=1",
                "--gossip-interval=-1s",
                "--gossip-interval=0s",
                "--gossip-interval=P999999999D",
                "--interval-ms=1.5",
                "--interval-ms=0",
                "--protocol=v2",
                "--profile=rust",
                "--service=toaster",
                "--shard=-1",
                "--shard=one",
                "--set=novalue",
                "--set==nokey",
                "--phi-threshold=0",
                "--phi-threshold=NaN",
                "--sampling-window=0",
                "--max-interval=0ms",
                "--initial-interval=1y",
                "--dead-node-grace-period=soon",
                "--tombstone-grace-period=0s",
                "--fanout=0",
                "--max-members=0",
                "--max-entry-bytes=1MiB",
                "--max-stream-bytes=3GiB",
                "--reply-limit=-1",
                "--node-id=\u00fcber",
                "--node-id=",
                "--gossip-addr=0.0.0.0:1",
                "--advertise-addr=[::]:1",
                "--listen-addr",
                "stray"
            })
    void refusesInOneLineAndWithStatusTwo(String argument) {
        for (Run run : List.of(Run.of(argument), Run.of("node", argument))) {
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("gossip: ").endsWith("\n").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--fanout=x,        a whole number",
        "--interval-ms=1.5, a whole number",
        "--shard=one,       a whole number",
        "--phi-threshold=x, a number"
    })
    void saysWhatKindOfNumberItWants(String argument, String expected) {
        String[] option = argument.split("=", 2);

        assertThat(Run.of("node", argument).err())
                .isEqualTo("gossip: Invalid value for option '" + option[0] + "': expected " + expected + ", got '"
                        + option[1] + "' (see gossip --help)\n");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThat(Run.of("--interval-ms=5", "--gossip-interval=5ms").status()).isEqualTo(2);
        assertThat(Run.of("--set=a=1", "--set=a=2").err()).contains("'a'").contains("twice");
        assertThat(Run.of("--fanout=5", "--fanout=6").status()).isEqualTo(2);
        assertThat(Run.of("--demo", "--fanout=6").status()).isEqualTo(2);
        assertThat(Run.of("--fanout=6", "decode", "--hex=00").status()).isEqualTo(2);
    }

    @Test
    void namesTheKnownServices() {
        assertThat(Run.of("node", "--service=toaster").err())
                .contains("analytics", "api_gateway", "data_processor", "load_balancer", "searcher", "storage");
    }

    private static NodeOptions node(String... args) {
        CommandLine tree = tree();
        tree.parseArgs(Stream.concat(Stream.of("node"), Arrays.stream(args)).toArray(String[]::new));
        return requireNonNull(tree.getSubcommands().get("node")).<NodeCommand>getCommand().options;
    }

    private static CommandLine tree() {
        return CommandTree.create(Streams.ofProcess());
    }
}
