/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.KeyChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Callbacks for keys that start with a prefix, fed by the stream of cluster events (semantics §13).
 *
 * <p>For one change the shortest matching prefix comes first: the empty one, then the others in ascending byte order.
 * Within a prefix callbacks run in the order of their subscription, on which nobody should rely. To find the prefixes
 * of a key, only the lengths that are subscribed at all are tried: the cost grows with those, not with the number of
 * subscriptions.
 *
 * <p>A callback may subscribe and unsubscribe: whoever is unsubscribed is not called any more, whoever is new is called
 * from the next change on. An exception of a callback stops neither the other callbacks nor the caller.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class PrefixListeners {
    private static final int[] NO_LENGTHS = {};

    private final Consumer<? super RuntimeException> onFailure;
    /** Lists are replaced, never changed: a dispatch that is under way keeps the one it has. */
    private final Map<String, List<Subscription>> byPrefix = new HashMap<>();

    private final TreeMap<Integer, Integer> prefixesOfLength = new TreeMap<>();
    private int[] lengths = NO_LENGTHS;
    private long changes;

    /** Told of one change of one key. */
    @FunctionalInterface
    public interface KeyListener {
        /**
         * A key was set, perhaps to the value it had.
         *
         * @param keyWithoutPrefix what follows the prefix; empty if the key equals it
         * @param value the value
         * @param owner whose key it is
         */
        void onChange(String keyWithoutPrefix, String value, NodeIdentity owner);
    }

    /** A subscription that can be ended. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Ends the subscription; a second call does nothing. */
        @Override
        void close();
    }

    /**
     * Without any subscription.
     *
     * @param onFailure gets what callbacks throw; must not throw itself
     */
    public PrefixListeners(Consumer<? super RuntimeException> onFailure) {
        this.onFailure = onFailure;
    }

    /**
     * Subscribes to the keys that start with a prefix.
     *
     * @param prefix the prefix; empty for all keys
     * @param listener called for each change
     * @return ends the subscription
     * @throws IllegalArgumentException if the prefix is not well-formed text, so that no key could start with it
     */
    public Registration subscribe(String prefix, KeyListener listener) {
        if (!Utf8.isWellFormed(prefix)) {
            throw new IllegalArgumentException("prefix holds an unpaired surrogate");
        }
        Subscription subscription = new Subscription(prefix, listener, changes);
        List<Subscription> before = byPrefix.get(prefix);
        if (before == null) {
            byPrefix.put(prefix, List.of(subscription));
            count(prefix.length(), 1);
        } else {
            byPrefix.put(
                    prefix,
                    Stream.concat(before.stream(), Stream.of(subscription)).toList());
        }
        return subscription;
    }

    /**
     * Calls whoever subscribed to what the event changed.
     *
     * @param event any event; only keys that were set matter
     */
    public void dispatch(ClusterEvent event) {
        if (lengths.length > 0 && event instanceof ClusterEvent.KeysChanged keys) {
            for (KeyChange change : keys.changes()) {
                if (isSet(change.kind())) {
                    dispatch(change, keys.identity());
                }
            }
        }
    }

    private static boolean isSet(KeyChange.Kind kind) {
        return switch (kind) {
            case SET, DELETE_AFTER_TTL -> true;
            case DELETED, EXPIRED -> false;
        };
    }

    private void dispatch(KeyChange change, NodeIdentity owner) {
        long number = ++changes;
        String key = change.key();
        for (int length : lengths) {
            if (length > key.length()) {
                return;
            }
            List<Subscription> subscriptions = byPrefix.getOrDefault(key.substring(0, length), List.of());
            for (Subscription subscription : subscriptions) {
                if (subscription.wants(number)) {
                    call(subscription.listener, key.substring(length), change.value(), owner);
                }
            }
        }
    }

    private void call(KeyListener listener, String keyWithoutPrefix, String value, NodeIdentity owner) {
        try {
            listener.onChange(keyWithoutPrefix, value, owner);
        } catch (RuntimeException failure) {
            onFailure.accept(failure);
        }
    }

    private void remove(Subscription subscription) {
        List<Subscription> left = byPrefix.getOrDefault(subscription.prefix, List.of()).stream()
                .filter(other -> other != subscription)
                .toList();
        if (left.isEmpty()) {
            byPrefix.remove(subscription.prefix);
            count(subscription.prefix.length(), -1);
        } else {
            byPrefix.put(subscription.prefix, left);
        }
    }

    private void count(int length, int by) {
        int before = prefixesOfLength.size();
        int now = prefixesOfLength.merge(length, by, Integer::sum);
        if (now == 0) {
            prefixesOfLength.remove(length);
        }
        if (prefixesOfLength.size() != before) {
            lengths = prefixesOfLength.keySet().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    private final class Subscription implements Registration {
        private final String prefix;
        private final KeyListener listener;
        private final long afterChange;
        private boolean open = true;

        private Subscription(String prefix, KeyListener listener, long afterChange) {
            this.prefix = prefix;
            this.listener = listener;
            this.afterChange = afterChange;
        }

        private boolean wants(long change) {
            return open && change > afterChange;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                remove(this);
            }
        }
    }
}
