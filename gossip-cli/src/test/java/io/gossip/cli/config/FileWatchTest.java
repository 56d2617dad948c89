/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
    @TempDir
    Path directory = Path.of("unset");

    private Path file = Path.of("unset");
    private long seconds = 1_000_000;

    @BeforeEach
    void writeTheFirst() throws IOException {
        file = directory.resolve("gossip.yaml");
        write(file, "a");
    }

    @Test
    void tellsAnEditOnceAndOnlyWhenItIsAtRest() throws IOException {
        FileWatch watch = new FileWatch(List.of(file));
        assertThat(watch.hasChanged(List.of(file))).isFalse();

        write(file, "half");
        assertThat(watch.hasChanged(List.of(file))).isFalse();
        write(file, "whole");
        assertThat(watch.hasChanged(List.of(file))).isFalse();
        assertThat(watch.hasChanged(List.of(file))).isTrue();
        assertThat(watch.hasChanged(List.of(file))).isFalse();
    }

    @Test
    void seesAFileMovedOverIt() throws IOException {
        FileWatch watch = new FileWatch(List.of(file));
        Path next = directory.resolve("next");
        write(next, "b");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertChangedOnce(watch);
    }

    @Test
    void seesALinkThatPointsElsewhere() throws IOException {
        // As Kubernetes mounts a ConfigMap: gossip.yaml -> ..data/gossip.yaml, ..data -> a directory that is exchanged.
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        write(first.resolve("gossip.yaml"), "a");
        write(second.resolve("gossip.yaml"), "b");
        Files.setLastModifiedTime(
                second.resolve("gossip.yaml"), Files.getLastModifiedTime(first.resolve("gossip.yaml")));
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
        Files.delete(file);
        Files.createSymbolicLink(file, data.resolve("gossip.yaml"));
        FileWatch watch = new FileWatch(List.of(file));

        Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertChangedOnce(watch);
    }

    @Test
    void takesTheSameContentForNoChange() throws IOException {
        FileWatch watch = new FileWatch(List.of(file));
        write(file, "a");

        assertThat(watch.hasChanged(List.of(file))).isFalse();
        assertThat(watch.hasChanged(List.of(file))).isFalse();
    }

    @Test
    void seesAnEditOfTheSameLengthWithinOneTickOfTheClock() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(file, now);
        FileWatch watch = new FileWatch(List.of(file));
        Files.writeString(file, "b");
        Files.setLastModifiedTime(file, now);

        assertChangedOnce(watch);
    }

    @Test
    void seesAFileGoAndComeBack() throws IOException {
        FileWatch watch = new FileWatch(List.of(file));
        Files.delete(file);
        assertChangedOnce(watch);
        write(file, "a");
        assertChangedOnce(watch);
    }

    @Test
    void takesFilesInWithoutCallingThemChanged() throws IOException {
        FileWatch watch = new FileWatch(List.of(file));
        Path tokens = directory.resolve("tokens");
        write(tokens, "1");
        List<Path> both = List.of(file, tokens);
        assertThat(watch.hasChanged(both)).isFalse();
        assertThat(watch.hasChanged(both)).isFalse();

        write(tokens, "2");
        assertThat(watch.hasChanged(both)).isFalse();
        assertThat(watch.hasChanged(both)).isTrue();
    }

    private void assertChangedOnce(FileWatch watch) {
        assertThat(watch.hasChanged(List.of(file))).isFalse();
        assertThat(watch.hasChanged(List.of(file))).isTrue();
        assertThat(watch.hasChanged(List.of(file))).isFalse();
    }

    /** Each write with a time of its own, however coarse the clock of the file system is. */
    private void write(Path target, String text) throws IOException {
        Files.writeString(target, text);
        Files.setLastModifiedTime(target, FileTime.fromMillis(1_000 * ++seconds));
    }
}
