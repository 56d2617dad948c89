/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A member in a JVM of its own, to be killed. It prints each message that it got, one a line. Micrometer is not on its class
 * path: nobody needs it who measures nothing.
 */
final class TalkingProcess implements AutoCloseable {
    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    TalkingProcess(String nodeId, String seedNode, int gossipPort) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .collect(Collectors.joining(File.pathSeparator));
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            TalkingProcess.class.getName(),
                            nodeId,
                            seedNode,
                            Integer.toString(gossipPort))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException killed) {
            // what was read so far is what there is
        }
    }

    /** What it got so far; a line that was cut off by its end may be the last one. */
    List<String> heard() {
        return List.copyOf(lines);
    }

    /** Ends it as the system ends a process: no hook runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        Waiting.until(() -> !process.isAlive(), () -> "still alive");
    }

    @Override
    public void close() {
        kill();
    }

    static GossipOptions gossip(String nodeId, int port, String seedNode) {
        GossipOptions gossip = new GossipOptions().setAddressPrefix(nodeId);
        gossip.getNode()
                .setNodeId(nodeId)
                .setClusterId("processes")
                .setListenAddress("127.0.0.1:" + port)
                .setSeedNodes(List.of(seedNode))
                .setGossipIntervalMillis(100);
        return gossip;
    }

    /** {@code nodeId seedNode gossipPort}. */
    public static void main(String[] args) {
        MessageNodeOptions options =
                new MessageNodeOptions(gossip(args[0], Integer.parseInt(args[2]), args[1]), Talkers.options());
        MessageNode.start(Vertx.vertx(), options)
                .onSuccess(node -> node.incoming()
                        .handler(message -> System.out.println(message.sender().nodeId() + " " + message.payload())))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }
}
