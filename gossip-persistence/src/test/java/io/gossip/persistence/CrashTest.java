/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemoryImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is cut, or damaged, at every byte. */
class CrashTest {
    private static final int BATCHES = 40;

    @TempDir
    Path directory;

    /** How long the log was when a batch was acknowledged, and how many records it held then. */
    private record Acknowledged(long bytes, int records) {}

    private final RandomRecords random = new RandomRecords();
    private final List<MemberRecord> records = new ArrayList<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private byte[] log = {};

    private final Logger logger = Logger.getLogger(FileMemberStore.class.getName());

    @BeforeEach
    void beQuiet() {
        logger.setLevel(Level.OFF); // thousands of lines that are wanted once
    }

    @AfterEach
    void speakAgain() {
        logger.setLevel(null);
    }

    @BeforeEach
    void writeALog() throws IOException {
        Path written = directory.resolve("written");
        FileMemberStore store = new FileMemberStore(written);
        store.open();
        for (int i = 0; i < BATCHES; i++) {
            List<MemberRecord> batch = random.batch();
            store.append(batch);
            records.addAll(batch);
            acknowledged.add(new Acknowledged(Files.size(written.resolve("member.log")), records.size()));
        }
        store.close();
        log = Files.readAllBytes(written.resolve("member.log"));
    }

    @Test
    void whereverTheLogEndsNothingAcknowledgedIsLost() throws IOException {
        for (int end = firstRecordAt(); end <= log.length; end++) {
            LogReading reading = read(Arrays.copyOf(log, end));

            assertThat(allowedAfterCrash(end))
                    .as("cut at byte " + end)
                    .contains(reading.image().memory());
            assertThat(reading.isDamaged()).as("cut at byte " + end).isFalse();
            assertThat(reading.cutBytes() > 0).isEqualTo(log[end - 1] != '\n');
        }
    }

    @Test
    void whateverByteIsDamagedTheOtherLinesAreRead() throws IOException {
        for (int at = 0; at < log.length; at++) {
            LogReading reading = read(damaged(at));

            assertThat(reading.image().memory()).as("damaged at byte " + at).isEqualTo(withoutLinesAt(at));
            boolean lastLineFeed = at == log.length - 1; // reads like an interrupted write
            assertThat(reading.isDamaged()).as("damaged at byte " + at).isEqualTo(!lastLineFeed);
        }
    }

    @Test
    void aCrashLeavesNothingBehindAndDamageIsSetAside() throws IOException {
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        for (int i = 0; i < 10; i++) {
            int at = random.between(firstRecordAt() + 1, log.length - 1);
            Files.write(crashed.resolve("member.log"), Arrays.copyOf(log, at));
            Files.write(crashed.resolve("member.log.new"), Arrays.copyOf(log, at / 2)); // writing anew, too
            assertThat(allowedAfterCrash(at)).as("cut at byte " + at).contains(reopen(crashed));
            assertThat(setAside(crashed)).isEmpty();

            Files.write(crashed.resolve("member.log"), damaged(at));
            assertThat(reopen(crashed)).as("damaged at byte " + at).isEqualTo(withoutLinesAt(at));
            Path aside = setAside(crashed).get(0);
            assertThat(Files.readAllBytes(aside)).isEqualTo(damaged(at));
            Files.delete(aside);
        }
    }

    private static LogReading read(byte[] bytes) throws IOException {
        return LogReading.of(new ByteArrayInputStream(bytes));
    }

    private byte[] damaged(int at) {
        byte[] bytes = log.clone();
        bytes[at] ^= 0x15;
        return bytes;
    }

    private static MemberMemory reopen(Path directory) throws IOException {
        FileMemberStore store = new FileMemberStore(directory);
        MemberMemory memory = store.open();
        store.close();
        FileMemberStore again = new FileMemberStore(directory);
        assertThat(again.open()).as("what was repaired").isEqualTo(memory);
        again.close();
        return memory;
    }

    private static List<Path> setAside(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains("damaged"))
                    .toList();
        }
    }

    /** Everything acknowledged before the end, and any part of the batch that was under way. */
    private List<MemberMemory> allowedAfterCrash(int end) {
        int least = acknowledged.stream()
                .filter(batch -> batch.bytes <= end)
                .mapToInt(Acknowledged::records)
                .max()
                .orElse(0);
        int most = acknowledged.stream()
                .filter(batch -> batch.bytes >= end)
                .mapToInt(Acknowledged::records)
                .min()
                .orElse(records.size());
        List<MemberMemory> allowed = new ArrayList<>();
        for (int count = least; count <= most; count++) {
            allowed.add(memory(records.subList(0, count)));
        }
        return allowed;
    }

    private int firstRecordAt() {
        return log.length - RecordLine.write(records).length;
    }

    /** The line that holds the byte is lost; with its line feed, the next one too. */
    private MemberMemory withoutLinesAt(int at) {
        List<MemberRecord> left = new ArrayList<>();
        int begin = firstRecordAt();
        for (MemberRecord record : records) {
            int end = begin + RecordLine.write(List.of(record)).length;
            if (at < begin - 1 || at >= end) {
                left.add(record);
            }
            begin = end;
        }
        return memory(left);
    }

    private static MemberMemory memory(List<MemberRecord> records) {
        MemoryImage image = new MemoryImage();
        records.forEach(image::add);
        return image.memory();
    }
}
