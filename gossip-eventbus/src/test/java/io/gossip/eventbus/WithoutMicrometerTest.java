/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Micrometer is optional: without it on the class path a member runs, deployed by its class name too. */
class WithoutMicrometerTest {
    @Test
    void aMemberRuns() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("micrometer"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader poor = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> poor.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> program = poor.loadClass(Program.class.getName());

            thread.setContextClassLoader(poor); // where Vert.x looks for verticles
            Object nodeId = ((Supplier<?>) program.getConstructor().newInstance()).get();

            assertThat(nodeId).isEqualTo("poor");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(entry, e);
        }
    }

    /** What runs there: deploys a member and asks it for its node id. */
    public static final class Program implements Supplier<String> {
        /** Nothing to set up. */
        public Program() {}

        @Override
        public String get() {
            Vertx vertx = Vertx.vertx();
            try {
                JsonObject node = new JsonObject().put("nodeId", "poor").put("listenAddress", "127.0.0.1:0");
                DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject().put("node", node));
                Waiting.result(vertx.deployVerticle(GossipVerticle.class.getName(), options));
                return Waiting.result(GossipService.create(vertx, "gossip").status())
                        .self()
                        .nodeId();
            } finally {
                Waiting.result(vertx.close());
            }
        }
    }
}
