/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds the program around the Rust crate; cargo itself sees to it that nothing is built twice. */
final class RustBuild {
    private static final long PATIENCE_MINUTES = 15;

    private RustBuild() {}

    /** The build tool; empty if this machine has none. */
    static Optional<Path> cargo() {
        Stream<Path> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(Path::of);
        Path usual = Path.of(System.getProperty("user.home"), ".cargo", "bin");
        return Stream.concat(onPath, Stream.of(usual))
                .map(folder -> folder.resolve("cargo"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Builds and returns the program. */
    static Path run(Path cargo) {
        Path source =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("chitchat-peer");
        try {
            Path log = Files.createTempFile("cargo", ".log");
            Process build = new ProcessBuilder("nice", cargo.toString(), "build", "--release")
                    .directory(source.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = build.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            build.destroyForcibly();
            String output = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            if (!ended || build.exitValue() != 0) {
                throw new IllegalStateException("cargo build failed in " + source + ":\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return source.resolve("target").resolve("release").resolve("chitchat-peer");
    }
}
