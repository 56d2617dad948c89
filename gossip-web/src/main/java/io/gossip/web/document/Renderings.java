/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Documents that depend on a question as well as on the state: each question has a {@link SharedRendering} of its own. The
 * questions asked last are remembered, as long as their documents together take no more than a bound.
 *
 * <p><b>Threads:</b> confined to one context; makers run in worker threads, those of one question one after the other.
 *
 * @param <Q> the question; a value
 * @param <K> the state, as {@link SharedRendering} wants it
 */
public final class Renderings<Q, K> {
    private static final int MAX_QUESTIONS = 64;
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final Vertx vertx;
    private final Function<K, ?> identity;
    private final Function<Q, Function<K, Document>> makers;
    private final Map<Q, Kept<K>> byQuestion = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Nothing rendered yet.
     *
     * @param vertx has the worker threads
     * @param identity of a state, the only part of it that is kept: equal if and only if the documents are the same
     * @param makers what makes the documents that answer a question; it may remember parts of its last one
     */
    public Renderings(Vertx vertx, Function<K, ?> identity, Function<Q, Function<K, Document>> makers) {
        this.vertx = vertx;
        this.identity = identity;
        this.makers = makers;
    }

    public Future<Document> of(Q question, K wanted) {
        Kept<K> kept = byQuestion.computeIfAbsent(
                question, asked -> new Kept<>(new SharedRendering<>(vertx, identity, makers.apply(asked))));
        return kept.rendering
                .of(wanted)
                .onSuccess(document -> kept.bytes = document.body().length())
                .onComplete(done -> trim());
    }

    /** How many questions are remembered. */
    int size() {
        return byQuestion.size();
    }

    private void trim() {
        long bytes = byQuestion.values().stream().mapToLong(kept -> kept.bytes).sum();
        Iterator<Kept<K>> longestUnasked = byQuestion.values().iterator();
        while (byQuestion.size() > 1 && (bytes > MAX_BYTES || byQuestion.size() > MAX_QUESTIONS)) {
            bytes -= longestUnasked.next().bytes;
            longestUnasked.remove();
        }
    }

    private static final class Kept<K> {
        private final SharedRendering<K, Document> rendering;
        private long bytes;

        Kept(SharedRendering<K, Document> rendering) {
            this.rendering = rendering;
        }
    }
}
