/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;

/**
 * Gives the memory of zstd contexts back, which lies outside the heap: codecs live as long as their engine, and an
 * engine has no end that one could hook into; a simulation drops thousands of them.
 */
final class NativeMemory {
    private static final Cleaner CLEANER = Cleaner.create();

    private NativeMemory() {}

    /** Closes {@code resource} once {@code owner} is unreachable; the resource must not refer to the owner. */
    static <T extends Closeable> T freedWith(Object owner, T resource) {
        CLEANER.register(owner, () -> close(resource));
        return resource;
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
