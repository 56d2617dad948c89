/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a directory against other members, in this process and in others. */
final class DirectoryLock {
    // A lock of the system is one of the whole process, and closing any channel of its file gives it up (POSIX). So
    // within the process we must know without touching the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD_HERE.add(real)) {
            throw inUse(directory, "of this process");
        }
        try {
            return new DirectoryLock(real, lock(directory));
        } catch (IOException | RuntimeException | Error e) {
            HELD_HERE.remove(real);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(directory, "of another process");
    }

    private static IOException inUse(Path directory, String whose) {
        return new IOException("data directory " + directory + " is in use by another member " + whose
                + ": stop that one, or give this one a directory of its own");
    }

    void release() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
