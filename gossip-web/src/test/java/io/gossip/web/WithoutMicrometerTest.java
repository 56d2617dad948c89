/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Micrometer is optional: without it on the class path all but the metrics is served. */
class WithoutMicrometerTest {
    @Test
    void everythingElseIsServed() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("micrometer") && !entry.contains("prometheus"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader poor = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(poor); // where Vert.x looks for verticles
            Class<?> program = poor.loadClass(Program.class.getName());

            Object statuses = ((Supplier<?>) program.getConstructor().newInstance()).get();

            assertThat(statuses).isEqualTo(List.of(200, 200, 404));
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

    /** What runs there: a member with its web interface, and a client of it. */
    public static final class Program implements Supplier<List<Integer>> {
        /** Nothing to set up. */
        public Program() {}

        @Override
        public List<Integer> get() {
            Vertx vertx = Vertx.vertx();
            try {
                GossipOptions gossip =
                        new GossipOptions().setNode(new GossipNodeOptions().setListenAddress("127.0.0.1:0"));
                GossipServerOptions options = new GossipServerOptions(gossip, new GossipWebOptions().setPort(0));
                GossipServer server = WebFixture.await(GossipServer.start(vertx, options, new UdpTransport(65_536)));
                WebClient client = WebClient.create(vertx);
                List<Integer> statuses = List.of("/members", "/health/ready", "/metrics").stream()
                        .map(path -> WebFixture.await(client.get(server.httpPort(), "127.0.0.1", path)
                                        .send())
                                .statusCode())
                        .toList();
                client.close();
                return statuses;
            } finally {
                WebFixture.await(vertx.close());
            }
        }
    }
}
