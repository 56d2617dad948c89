/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A member that was started by the script of the tarball. */
final class Program implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final Process process;
    private final URI address;

    private Program(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a member and waits until it says where it serves HTTP. */
    static Program start(Path script, List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GOSSIP_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("state")) {
                return new Program(process, URI.create(line.replaceFirst("state +", "")));
            }
        }
        process.destroyForcibly();
        throw new AssertionError("the member did not start:\n" + said);
    }

    /** {@return the status line of the answer to a request by some name} */
    String get(String path, String host) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) LONGEST_WAIT.toMillis());
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** Asks it to stop, as service managers do, and returns its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the member did not stop");
        }
        return process.exitValue();
    }

    int port() {
        return address.getPort();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
