/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The files of this project, and the programs of this machine. */
final class SourceTree {
    private SourceTree() {}

    /** {@return the version of this build} */
    static String version() {
        return property("gossip.version");
    }

    /** {@return a file or directory of the project} */
    static Path path(String relative) {
        return Path.of(property("gossip.root")).resolve(relative);
    }

    static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> "-D" + name + " is not set: run by Maven");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a program of the search path, if it is there} */
    static Optional<Path> program(String name) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return List.of(path.split(":", -1)).stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program to its end and returns what it wrote.
     *
     * @throws AssertionError if it failed, with what it complained of
     */
    static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new AssertionError(command + " failed:\n" + text);
                }
                return text;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
