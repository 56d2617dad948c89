/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of an event stream, read by a thread of its own: reading from a connection heeds neither an interrupt nor a
 * time limit, and a node that is gone without a word would be waited for until the end of days.
 */
final class LineFeed implements AutoCloseable {
    private static final int MAX_WAITING = 256;
    private static final long MAX_SILENCE_SECONDS = 60; // a node sends a comment every 15 s at least
    private static final Optional<String> END = Optional.empty();

    private final InputStream stream;
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread reader = new Thread(this::read, "event-stream");

    LineFeed(InputStream stream) {
        this.stream = stream;
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the next line; empty when the stream has ended, is silent for too long, or the thread is interrupted. */
    Optional<String> next() {
        try {
            Optional<String> line = lines.poll(MAX_SILENCE_SECONDS, TimeUnit.SECONDS);
            return line == null ? END : line;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    @Override
    public void close() {
        reader.interrupt(); // it may wait for room
        try {
            stream.close();
        } catch (IOException alreadyBroken) {
            // then there is nothing to close
        }
    }

    private void read() {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.put(Optional.of(line));
            }
        } catch (IOException broken) {
            // the end, as if it had been orderly
        } catch (InterruptedException closed) {
            return;
        }
        try {
            lines.put(END);
        } catch (InterruptedException closed) {
            // nobody waits for it
        }
    }
}
