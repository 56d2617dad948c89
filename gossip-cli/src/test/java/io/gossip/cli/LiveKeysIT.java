/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.cli.config.ConfigKey;
import io.gossip.cli.config.Configuration;
import io.gossip.cli.config.Origin;
import io.gossip.cli.config.Setting;
import io.gossip.transport.Reconfiguration;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of each key, whether a change needs a restart, held against a member that runs. */
@Timeout(600)
final class LiveKeysIT {
    private static final Map<String, String> BASE = Map.of("listen-addr", "127.0.0.1:0", "node-id", "first");

    @TempDir
    Path directory = Path.of("unset");

    @Test
    void aKeyIsLiveIfARunningMemberTakesItsChange() throws Exception {
        Map<String, String> changes = changes();
        TreeSet<String> untried = new TreeSet<>();
        NodeSources.known().all().forEach(key -> untried.add(key.name()));
        untried.removeAll(changes.keySet());
        // No verticle is told of the first; the others are live only while there is TLS before and after.
        assertThat(untried).containsExactly("data-dir", "tls-cert", "tls-key");

        MemberProcess process = new MemberProcess();
        try {
            MemberVerticles verticles =
                    await(process.start(settings(BASE).member())).verticles();
            Map<String, Boolean> taken = new LinkedHashMap<>();
            Map<String, Boolean> promised = new LinkedHashMap<>();
            for (Map.Entry<String, String> change : changes.entrySet()) {
                Map<String, String> next = new LinkedHashMap<>(BASE);
                next.put(change.getKey(), change.getValue());
                MemberSettings settings = settings(next).member();
                Reconfiguration ofNode = verticles.gossip().preview(settings.gossip());
                Reconfiguration both = ofNode.and(await(verticles.web().reconfigure(settings.webOfNode())));
                taken.put(change.getKey(), both.needRestart().isEmpty());
                promised.put(change.getKey(), LiveKeys.isLive(key(change.getKey())));
            }
            assertThat(promised).isEqualTo(taken);
        } finally {
            await(process.stop());
        }
    }

    @Test
    void tlsAndAServiceOfANewTypeAreHeldBack() {
        Configuration plain = configuration(BASE);
        Configuration secure = configuration(Map.of("tls-cert", "a", "tls-key", "b"));
        Configuration renewed = configuration(Map.of("tls-cert", "c", "tls-key", "d"));
        Configuration extended =
                configuration(Map.of("service-type", "indexer=true", "service", "indexer", "fanout", "4"));

        assertThat(LiveKeys.heldBack(plain, secure)).contains(key("tls-cert"), key("tls-key"));
        assertThat(LiveKeys.heldBack(secure, renewed)).isEmpty();
        assertThat(LiveKeys.heldBack(configuration(Map.of()), extended))
                .containsExactlyInAnyOrder(key("service-type"), key("service"));
    }

    private Map<String, String> changes() throws IOException {
        String tokens = Files.writeString(directory.resolve("tokens"), "0123456789abcdef")
                .toString();
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("listen-addr", "127.0.0.1:1");
        changes.put("gossip-addr", "127.0.0.1:1");
        changes.put("advertise-addr", "127.0.0.1:1");
        changes.put("node-id", "other");
        changes.put("generation", "7");
        changes.put("cluster-id", "other");
        changes.put("seed", "127.0.0.1:9");
        changes.put("gossip-interval", "2s");
        changes.put("interval-ms", "500");
        changes.put("protocol", "v1");
        changes.put("profile", "jvm");
        changes.put("service", "load_balancer");
        changes.put("shard", "0");
        changes.put("service-type", "indexer=true");
        changes.put("set", "a=1");
        changes.put("ready-timeout", "3s");
        changes.put("log", "debug");
        changes.put("http-advertise-addr", "127.0.0.1:2");
        changes.put("read-token-file", tokens);
        changes.put("write-token-file", tokens);
        changes.put("health-needs-token", "true");
        changes.put("set-kv-by-post-only", "true");
        changes.put("allowed-host", "gossip.example");
        changes.put("cors-origin", "https://ui.example");
        changes.put("max-connections", "9");
        changes.put("detector", "reference");
        changes.put("phi-threshold", "9");
        changes.put("sampling-window", "10");
        changes.put("max-interval", "11s");
        changes.put("initial-interval", "4s");
        changes.put("dead-node-grace-period", "1h");
        changes.put("tombstone-grace-period", "1h");
        changes.put("fanout", "4");
        changes.put("max-members", "100");
        changes.put("max-entry-bytes", "1000");
        changes.put("max-stream-bytes", "1MiB");
        changes.put("max-state-bytes", "2MiB");
        changes.put("reply-limit", "1");
        return changes;
    }

    private static NodeConfiguration settings(Map<String, String> values) {
        return NodeConfiguration.of(configuration(values));
    }

    private static Configuration configuration(Map<String, String> values) {
        List<Setting> settings = new ArrayList<>();
        values.forEach((name, value) ->
                settings.add(new Setting(key(name), List.of(value), new Origin.InFile("gossip.yaml", 1))));
        return Configuration.layered(NodeSources.known(), List.of(settings));
    }

    private static ConfigKey key(String name) {
        return NodeSources.known().find(name).orElseThrow();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(ChildProcess.MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
