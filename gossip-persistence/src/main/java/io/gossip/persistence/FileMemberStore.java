/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemberStore;
import io.gossip.transport.store.MemoryImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a directory: in the file {@code member.log}, to which each change is appended and flushed, and which is
 * written anew when it has grown to several times what it is worth. The directory holds one node; the file {@code lock}
 * keeps a second one out.
 *
 * <p>The store holds a copy of what it remembers in memory, which shares its texts with the node.
 *
 * <p><b>Threads:</b> one call at a time, as {@link MemberStore} says.
 */
public final class FileMemberStore implements MemberStore {
    /** The log is written anew when it is this many times as long as it was when that was done last, … */
    static final int GROWTH = 4;

    /** … and this much longer still: for a short one it is not worth the while. */
    static final long SMALL_BYTES = 1 << 20;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Path file;
    private final Logger logger = System.getLogger(FileMemberStore.class.getName());
    private @Nullable DirectoryLock lock;
    private @Nullable FileChannel log;
    private MemoryImage image = new MemoryImage();
    private long compactBytes;

    /**
     * A store that touches nothing before it is opened.
     *
     * @param directory where to remember; created if it is missing and its parent is not
     */
    public FileMemberStore(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("member.log");
    }

    /** {@return the directory} */
    public Path directory() {
        return directory;
    }

    @Override
    public MemberMemory open() throws IOException {
        if (lock != null) {
            throw new IOException(
                    "data directory " + directory + " is in use: a store serves one member, make another store");
        }
        prepareDirectory();
        DirectoryLock taken = DirectoryLock.take(directory);
        try {
            image = read();
            compact();
            MemberMemory memory = image.memory();
            lock = taken;
            return memory;
        } catch (IOException e) {
            giveUp(taken);
            throw new IOException("cannot use data directory " + directory + ": " + reason(e), e);
        } catch (RuntimeException | Error e) {
            giveUp(taken);
            throw e;
        }
    }

    @Override
    public void append(List<MemberRecord> records) throws IOException {
        if (lock == null) {
            throw new IOException("data directory " + directory + " is not open");
        }
        FileChannel current = log;
        try {
            List<MemberRecord> plain = takeIn(records);
            if (current == null || current.size() > SMALL_BYTES + GROWTH * compactBytes) {
                compact();
            } else {
                DurableFiles.append(current, RecordLine.write(plain));
            }
        } catch (IOException e) {
            // What the file holds now is unknown, after a failed flush even in the parts that were written before. It
            // must not be appended to; the next attempt writes it anew.
            closeLog();
            throw new IOException("data directory " + directory + ": " + reason(e), e);
        } catch (RuntimeException | Error e) { // out of memory, for one: the file lacks what the image holds
            closeLog();
            throw e;
        }
    }

    // The log knows no record that stands for many others.
    private List<MemberRecord> takeIn(List<MemberRecord> records) {
        List<MemberRecord> plain = new ArrayList<>();
        for (MemberRecord record : records) {
            if (record instanceof MemberRecord.OnlyKeys only) {
                plain.addAll(image.gone(only));
            } else {
                plain.add(record);
            }
            image.add(record);
        }
        return plain;
    }

    @Override
    public void close() {
        DirectoryLock held = lock;
        lock = null;
        if (held != null) {
            giveUp(held);
        }
    }

    /** {@return words that name the directory, for messages} */
    @Override
    public String toString() {
        return "data directory " + directory;
    }

    private void giveUp(DirectoryLock held) {
        closeLog();
        try {
            held.release();
        } catch (IOException e) {
            logger.log(Level.WARNING, "cannot unlock data directory " + directory + ": " + reason(e));
        }
    }

    private void prepareDirectory() throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new IOException("data directory " + directory + " is a file: name a directory", e);
            }
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "data directory " + directory + " cannot be created: its parent does not exist, create that", e);
        } catch (IOException e) {
            throw new IOException("data directory " + directory + " cannot be created: " + reason(e), e);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("data directory " + directory
                    + " is not writable: change its owner or permissions, or name another one");
        }
    }

    private MemoryImage read() throws IOException {
        if (Files.notExists(file)) {
            return new MemoryImage();
        }
        LogReading reading;
        try (InputStream in = Files.newInputStream(file)) {
            reading = LogReading.of(in);
        }
        if (reading.format() == LogReading.Format.LATER) {
            throw new IOException(file.getFileName() + " was written by a later version: run that version again, "
                    + "or name another directory to begin anew");
        }
        if (reading.isDamaged()) {
            setAside(reading);
        } else if (reading.cutBytes() > 0) {
            logger.log(Level.INFO, file + ": dropped " + reading.cutBytes() + " bytes of a write that was interrupted");
        }
        return reading.image();
    }

    // A copy, not the file itself: until the next one is in place, this is the best there is.
    // It is on the disk before the next one takes the place of the file.
    private void setAside(LogReading reading) throws IOException {
        Path aside = file.resolveSibling("member.log.damaged-" + STAMP.format(Instant.now()));
        DurableFiles.copy(file, aside);
        String what = reading.format() == LogReading.Format.KNOWN
                ? reading.damagedLines() + " lines are damaged; starting with all others"
                : "does not begin like a log of a member; starting with the lines that are whole";
        logger.log(Level.WARNING, file + ": " + what + ". Set aside as " + aside);
    }

    private void compact() throws IOException {
        closeLog();
        FileChannel written = DurableFiles.replace(file, out -> {
            out.write(LogReading.HEADER);
            RecordLine.write(image.records(), out);
        });
        log = written;
        compactBytes = written.size();
    }

    private void closeLog() {
        FileChannel open = log;
        log = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                logger.log(Level.DEBUG, "closing " + file, e);
            }
        }
    }

    // Exceptions of the file system often say no more than the name of the file; their class says the rest.
    private static String reason(IOException e) {
        if (e.getClass() == IOException.class && e.getMessage() != null) {
            return e.getMessage();
        }
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
