/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command that goes on until it is interrupted, in a thread of its own. */
final class Following implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Thread thread;

    Following(String... arguments) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(InputStream.nullInputStream(), out, out);
        thread = new Thread(() -> CommandTree.create(streams).execute(arguments), "following");
        thread.start();
    }

    /** Waits until a text was printed. */
    void await(String text) {
        LocalNode.await("'" + text + "' in " + this, () -> toString().contains(text));
    }

    /** Waits until the last line begins with a text. */
    void awaitLast(String text) {
        LocalNode.await(
                "last '" + text + "' in " + this,
                () -> toString()
                        .substring(toString().stripTrailing().lastIndexOf('\n') + 1)
                        .startsWith(text));
    }

    /** Does something again and again until a text was printed: nobody knows when a follower begins to follow. */
    void awaitAfter(Runnable cause, String text) {
        LocalNode.await("'" + text + "' in " + this, () -> {
            cause.run();
            return toString().contains(text);
        });
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("still following after an interrupt, printed: " + this);
        }
    }

    @Override
    public String toString() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
