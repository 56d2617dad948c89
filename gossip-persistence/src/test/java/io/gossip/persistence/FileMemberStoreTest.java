/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMemberStoreTest {
    @TempDir
    Path parent;

    @Test
    void isTextThatAnOperatorCanRead() throws IOException {
        FileMemberStore store = store();
        assertThat(store.open()).isEqualTo(MemberMemory.NOTHING);
        store.append(List.of(set("color", "red"), new MemberRecord.KeyGone("size")));
        store.close();

        assertThat(Files.readAllLines(log()))
                .containsExactly(
                        "gossip-member 1",
                        "1fa84683 {\"configured\":{}}",
                        "2aa41f4a {\"peers\":[]}",
                        "0c6ba66e {\"set\":\"color\",\"value\":\"red\"}",
                        "0b796844 {\"delete\":\"size\"}");
    }

    @Test
    void staysSmallHoweverOftenAKeyIsWritten() throws IOException {
        FileMemberStore store = store();
        store.open();
        long most = 0;
        String value = "v".repeat(1_000);
        List<MemberRecord> batch =
                Stream.generate(() -> set("k", value)).limit(500).toList();
        for (int i = 0; i < 20; i++) {
            store.append(batch);
            most = Math.max(most, Files.size(log()));
        }
        store.append(List.of(set("last", "1")));
        store.close();

        assertThat(most)
                .isLessThan(FileMemberStore.SMALL_BYTES + 2L * RecordLine.write(batch).length)
                .isGreaterThan(FileMemberStore.SMALL_BYTES);
        assertThat(store().open().keys()).extracting(MemberMemory.Key::key).containsExactly("k", "last");
    }

    @Test
    void whatAFailedAttemptWasGivenIsStoredByTheNext() throws IOException {
        FileMemberStore store = store();
        store.open();
        Thread.currentThread().interrupt(); // closes the channel in the middle of the work
        assertThatThrownBy(() -> store.append(List.of(set("k", "v"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory().toString());
        assertThat(Thread.interrupted()).isTrue();

        store.append(List.of());
        store.close();

        assertThat(store().open().keys()).extracting(MemberMemory.Key::key).containsExactly("k");
    }

    @Test
    // Something that cannot be written, to have the write fail otherwise than by the disk.
    @SuppressWarnings({"NullAway", "NullOptional"})
    void whatABugKeptFromTheFileIsStoredByTheNext() throws IOException {
        FileMemberStore store = store();
        store.open();
        MemberRecord broken = new MemberRecord.KeySet(new MemberMemory.Key("broken", "v", null));
        assertThatThrownBy(() -> store.append(List.of(set("k", "v"), broken))).isInstanceOf(NullPointerException.class);

        store.append(List.of(new MemberRecord.KeyGone("broken")));
        store.close();

        assertThat(store().open().keys()).extracting(MemberMemory.Key::key).containsExactly("k");
    }

    @Test
    void keepsASecondMemberOfThisProcessOut() throws IOException {
        FileMemberStore first = store();
        first.open();

        assertThatThrownBy(() -> store().open())
                .isInstanceOf(IOException.class)
                .hasMessage("data directory " + directory() + " is in use by another member of this process: "
                        + "stop that one, or give this one a directory of its own");

        first.append(List.of(set("k", "v")));
        first.close();
        store().open();
    }

    @Test
    void keepsAMemberOfAnotherProcessOutEvenAfterAnAttemptInThisOne() throws Exception {
        FileMemberStore first = store();
        first.open();
        assertThatThrownBy(() -> store().open()).isInstanceOf(IOException.class);

        assertThat(openInAnotherProcess()).contains("is in use by another member of another process");
        first.close();
        assertThat(openInAnotherProcess()).contains("opened");
    }

    @Test
    void saysWhatIsWrongWithTheDirectory() throws IOException {
        assertThatThrownBy(() -> new FileMemberStore(parent.resolve("no/such")).open())
                .hasMessageContaining("its parent does not exist, create that");
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> new FileMemberStore(file).open()).hasMessageContaining("is a file: name a directory");
    }

    @Test
    void saysThatTheDirectoryIsNotWritable() throws IOException {
        Path locked = Files.createDirectory(
                parent.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeThat(Files.isWritable(locked)).as("root may write anywhere").isFalse();

        assertThatThrownBy(() -> new FileMemberStore(locked).open()).hasMessageContaining("is not writable");
    }

    @Test
    void leavesWhatALaterVersionWroteAlone() throws IOException {
        Files.createDirectory(directory());
        Files.writeString(log(), "gossip-member 2\nnews\n");

        assertThatThrownBy(() -> store().open())
                .isInstanceOf(IOException.class)
                .hasMessage("cannot use data directory " + directory() + ": member.log was written by a later version: "
                        + "run that version again, or name another directory to begin anew");

        assertThat(Files.readString(log())).isEqualTo("gossip-member 2\nnews\n");
        assertThat(setAside()).isEmpty();
        Files.delete(log());
        store().open(); // nobody holds it
    }

    @Test
    void readsALogWithoutItsFirstLineAndNoiseWithoutEnd() throws IOException {
        Files.createDirectory(directory());
        byte[] line = RecordLine.write(List.of(set("k", "v")));
        Files.writeString(
                log(), "noise\n" + new String(line, StandardCharsets.UTF_8) + "ffffffff {}\n" + "\u0000".repeat(5_000));

        assertThat(store().open().keys()).extracting(MemberMemory.Key::key).containsExactly("k");

        assertThat(setAside()).hasSize(1);
    }

    private String openInAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory().toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Opens the directory given as argument, and says what came of it. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) {
            FileMemberStore store = new FileMemberStore(Path.of(args[0]));
            try {
                store.open();
                System.out.println("opened");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            } finally {
                store.close();
            }
        }
    }

    private List<String> setAside() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("member.log.damaged-"))
                    .map(FileMemberStoreTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private FileMemberStore store() {
        return new FileMemberStore(directory());
    }

    private Path directory() {
        return parent.resolve("data");
    }

    private Path log() {
        return directory().resolve("member.log");
    }

    private static MemberRecord set(String key, String value) {
        return new MemberRecord.KeySet(new MemberMemory.Key(key, value, Optional.empty()));
    }
}
