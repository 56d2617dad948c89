/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document in a worker thread, once for all who ask for it: who asks for what is being made waits for that; who asks
 * for something newer waits for the next one, of which there is never more than one in the queue.
 *
 * <p><b>Threads:</b> confined to one context; the maker runs in worker threads, one call after the other.
 *
 * @param <K> what the document is made of; the comparison should be cheap
 * @param <T> the document
 */
public final class SharedRendering<K, T> {
    private final Vertx vertx;
    private final Function<K, ?> identity;
    private final Function<K, T> maker;
    private @Nullable Object made; // identity of the key, so that a key that takes much memory is not kept
    private @Nullable Future<T> document;
    private @Nullable K nextKey;
    private @Nullable Promise<T> next;
    private boolean running;

    public SharedRendering(Vertx vertx, Function<K, T> maker) {
        this(vertx, key -> key, maker);
    }

    /**
     * One that remembers less of a key than the key.
     *
     * @param vertx has the worker threads
     * @param identity of a key: equal if and only if the document is the same
     * @param maker makes the document
     */
    public SharedRendering(Vertx vertx, Function<K, ?> identity, Function<K, T> maker) {
        this.vertx = vertx;
        this.identity = identity;
        this.maker = maker;
    }

    /**
     * The document of a key or, if others have asked meanwhile, of a later key.
     *
     * @param wanted the latest key
     * @return the document
     */
    public Future<T> of(K wanted) {
        Future<T> present = document;
        if (present == null || (!running && present.failed())) {
            return make(wanted);
        }
        if (identity.apply(wanted).equals(made)) {
            return present;
        }
        return running ? later(wanted) : make(wanted);
    }

    private Future<T> later(K wanted) {
        nextKey = wanted;
        Promise<T> waiting = next;
        if (waiting == null) {
            waiting = Promise.promise();
            next = waiting;
        }
        return waiting.future();
    }

    private Future<T> make(K wanted) {
        running = true;
        made = identity.apply(wanted);
        Future<T> making = vertx.executeBlocking(() -> maker.apply(wanted), false);
        document = making;
        making.onComplete(done -> makeNext());
        return making;
    }

    private void makeNext() {
        running = false; // not before: the future is complete a moment earlier than this context hears of it
        K wanted = nextKey;
        Promise<T> waiting = next;
        nextKey = null;
        next = null;
        if (wanted != null && waiting != null) {
            make(wanted).onComplete(waiting);
        }
    }
}
