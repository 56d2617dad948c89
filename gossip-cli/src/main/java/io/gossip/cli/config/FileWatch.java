/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells when the content of files has changed and come to rest. It is asked, and asks the file system, so that edits in
 * place, files moved over others and swapped symbolic links (as Kubernetes does with mounted ConfigMaps) look the same.
 *
 * <p><b>Threads:</b> confined; reads files.
 */
public final class FileWatch {
    /** Within the tick of a coarse clock, two edits of the same length look alike. */
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);

    private final Map<Path, Seen> seen = new TreeMap<>();
    private Map<Path, String> reported = new TreeMap<>();
    private Map<Path, String> before = new TreeMap<>();

    /**
     * Watches some files from now on.
     *
     * @param files which; they need not exist
     */
    public FileWatch(Collection<Path> files) {
        reported = contents(files);
        before = reported;
    }

    /**
     * Looks at the files.
     *
     * @param files which to look at from now on; one that was not watched before has not changed
     * @return whether the content of one is another than when this last said so, and the same as when it was last asked:
     *     who is still writing is waited for
     */
    public boolean hasChanged(Collection<Path> files) {
        Map<Path, String> now = contents(files);
        now.forEach(reported::putIfAbsent);
        reported.keySet().retainAll(now.keySet());
        boolean changed = !now.equals(reported) && now.equals(before);
        before = now;
        if (changed) {
            reported = new TreeMap<>(now);
        }
        return changed;
    }

    private Map<Path, String> contents(Collection<Path> files) {
        seen.keySet().retainAll(files);
        Map<Path, String> contents = new TreeMap<>();
        files.forEach(file -> contents.put(file, content(file)));
        return contents;
    }

    private String content(Path file) {
        try {
            Instant settled = Instant.now().minus(COARSEST_TICK);
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return "not a file"; // a pipe gives its content only once
            }
            List<Object> stamp =
                    List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
            Seen last = seen.get(file);
            if (last != null && last.stamp().equals(stamp)) {
                return last.hash();
            }
            String hash = hash(file);
            if (attributes.lastModifiedTime().toInstant().isBefore(settled)) {
                seen.put(file, new Seen(stamp, hash));
            } else {
                seen.remove(file);
            }
            return hash;
        } catch (IOException unreadable) {
            seen.remove(file);
            return "unreadable";
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    private record Seen(List<Object> stamp, String hash) {}
}
