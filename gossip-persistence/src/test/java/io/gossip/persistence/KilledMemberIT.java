/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.store.MemberMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member that is killed (SIGKILL) at random moments while it writes, again and again with the same directory. More
 * rounds: {@code -Dgossip.killRounds=1000}.
 */
class KilledMemberIT {
    private static final int ROUNDS = Integer.getInteger("gossip.killRounds", 5);

    /** Numbers of one round begin at a multiple of this. */
    private static final long STRIDE = 10_000_000;

    private static final int START_SECONDS = 120;

    private static final String DELETED = "deleted";

    @TempDir
    Path directory;

    /** What each key must hold, as far as it was acknowledged. */
    private final Map<String, String> expected = new HashMap<>();

    private long generation;
    private long writes;

    @Test
    void losesNoKeyThatWasAcknowledged() throws Exception {
        long randomSeed = Long.getLong("gossip.randomSeed", new SplittableRandom().nextLong());
        System.out.println("random seed " + randomSeed);
        SplittableRandom random = new SplittableRandom(randomSeed);
        Path data = directory.resolve("data");
        for (int round = 1; round <= ROUNDS; round++) {
            long first = round * STRIDE;
            List<String> lines = runAndKill(data, first, random.nextLong(TimeUnit.MILLISECONDS.toNanos(150)));
            long last = note(data, lines, first);
            verify(read(data), last);
            if (round % 50 == 0) {
                System.out.println(round + " kills, " + writes + " acknowledged writes");
            }
        }
        System.out.println(
                ROUNDS + " kills, " + writes + " acknowledged writes, " + setAside(data) + " files set aside");
        assertThat(setAside(data)).isZero();
    }

    /** Everything that the member said before it was killed, some time after its first write. */
    private static List<String> runAndKill(Path data, long first, long nanos) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMember.class.getName(),
                        data.toString(),
                        Long.toString(first))
                .redirectError(errors(data).toFile()) // not mixed into the lines that are counted
                .start();
        CompletableFuture<Void> writing = new CompletableFuture<>();
        CompletableFuture<Void> killed = writing.orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .whenCompleteAsync((started, tooLate) -> {
                    LockSupport.parkNanos(nanos); // the random moment
                    process.toHandle().destroyForcibly(); // unlike that of Process, this leaves its output readable
                });
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.startsWith("stored")) {
                    writing.complete(null);
                }
            }
            killed.join();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Notes what was acknowledged; {@return the number of the last of it} */
    private long note(Path data, List<String> lines, long first) throws IOException {
        String errors = Files.readString(errors(data));
        long last = first - 1;
        for (String line : lines) {
            assertThat(line).as(errors).doesNotStartWith("failed");
            if (line.startsWith("generation ")) {
                long used = Long.parseLong(line.substring("generation ".length()));
                assertThat(used).isGreaterThan(generation);
                generation = used;
            } else if (line.startsWith("stored ")) {
                long number = number(line);
                // The last line may have been cut, to a number that is too small.
                if (number >= first) {
                    assertThat(number).as("in order, " + errors).isEqualTo(last + 1);
                    last = number;
                    expected.put(KilledMember.key(number), effect(number));
                    writes++;
                }
            }
        }
        return last;
    }

    private static String effect(long number) {
        return KilledMember.isDelete(number) ? DELETED : Long.toString(number);
    }

    private static Path errors(Path data) {
        return data.resolveSibling("errors");
    }

    private static long number(String line) {
        String digits = line.substring("stored ".length());
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static MemberMemory read(Path data) throws IOException {
        FileMemberStore store = new FileMemberStore(data);
        try {
            return store.open();
        } finally {
            store.close();
        }
    }

    /** Each key is as its last acknowledged write left it, or as one that was under way did. */
    private void verify(MemberMemory memory, long last) {
        assertThat(memory.highestGeneration()).contains(new MemberMemory.Generation(generation));
        Map<String, String> values = new HashMap<>();
        memory.keys().forEach(key -> values.put(key.key(), key.value()));
        assertThat(values).containsEntry("configured", "once");
        Map<String, String> underWay = new HashMap<>();
        for (long number = last + 1; number <= last + KilledMember.UNDER_WAY; number++) {
            underWay.put(KilledMember.key(number), effect(number));
        }
        expected.replaceAll((key, acknowledged) -> {
            String value = values.getOrDefault(key, DELETED);
            assertThat(value).as(key).isIn(acknowledged, underWay.getOrDefault(key, acknowledged));
            return value;
        });
    }

    private static long setAside(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().contains("damaged")).count();
        }
    }
}
