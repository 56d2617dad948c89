/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads small files that people write: settings, tokens. Regular ones only, for a pipe is waited for, gives its content
 * only once and cannot be watched, and a device may have no end.
 */
public final class RegularFile {
    /** The longest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private RegularFile() {}

    /**
     * Reads a file.
     *
     * @param file the file; symbolic links are followed
     * @return its content, at most {@link #MAX_BYTES}
     * @throws IOException if it cannot be read, is none, or is too long; the message does not name it
     */
    public static byte[] bytes(Path file) throws IOException {
        require(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is longer than 1 MiB, is it the right one?");
            }
            return bytes;
        }
    }

    /**
     * Refuses what is no file that can be read, without opening it.
     *
     * @param file the file; symbolic links are followed
     * @throws IOException saying why; the message does not name it
     */
    public static void require(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new IOException("it is a directory, name a file");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("it is a pipe, a socket or a device, name a regular file");
        }
    }
}
