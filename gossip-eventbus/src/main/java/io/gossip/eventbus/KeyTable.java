/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * One member's entries in UTF-8 order of their keys, immutable, cut into chunks of at most {@value #MAX_CHUNK} entries.
 *
 * <p>Changing <i>c</i> keys of <i>n</i> copies only the chunks they fall into and the list of chunks: about
 * <i>c</i> × 256 + <i>n</i> / 256 references, so one change of 100,000 keys copies less than a thousand. Reading is a
 * binary search. A table made from a list keeps that list alive for as long as one of its chunks is unchanged.
 *
 * <p><b>Threads:</b> immutable.
 */
final class KeyTable {
    static final int MAX_CHUNK = 512;
    static final KeyTable EMPTY = new KeyTable(List.of(), 0);
    private static final int UNKNOWN = -1;
    private static final int NEW_CHUNK = MAX_CHUNK / 2;

    private final List<List<KeyMutation>> chunks; // none is empty
    private final int[] starts; // index of the first entry of each chunk, then the number of all
    private int shown; // visible keys that are not reserved; UNKNOWN until someone asks, maybe two threads at once

    private KeyTable(List<List<KeyMutation>> chunks, int shown) {
        this.chunks = chunks;
        this.shown = shown;
        starts = new int[chunks.size() + 1];
        for (int i = 0; i < chunks.size(); i++) {
            starts[i + 1] = starts[i] + chunks.get(i).size();
        }
    }

    /** A table of entries that stand in UTF-8 order of their keys, each key once. The list must not change. */
    static KeyTable of(List<KeyMutation> entries) {
        List<List<KeyMutation>> chunks = new ArrayList<>();
        addChunks(entries, chunks);
        return new KeyTable(chunks, UNKNOWN);
    }

    /** The table after these changes, given in version order: the last change of a key counts. */
    KeyTable with(List<KeyChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        List<KeyChange> sorted = lastOfEachKey(changes);
        List<List<KeyMutation>> result = new ArrayList<>(chunks.size() + 1);
        int shownMore = 0;
        int next = 0; // first chunk that is not in the result yet
        for (int from = 0; from < sorted.size(); ) {
            int at = chunkOf(sorted.get(from).key());
            int to = at + 1 < chunks.size()
                    ? firstNotBelow(sorted, from, chunks.get(at + 1).get(0).key())
                    : sorted.size();
            List<KeyMutation> chunk = chunks.isEmpty() ? List.of() : chunks.get(at);
            List<KeyMutation> merged = merge(chunk, sorted.subList(from, to));
            shownMore += shown == UNKNOWN ? 0 : shown(merged) - shown(chunk);
            result.addAll(chunks.subList(next, at));
            addChunks(merged, result);
            next = Math.min(at + 1, chunks.size());
            from = to;
        }
        result.addAll(chunks.subList(next, chunks.size()));
        return new KeyTable(result, shown == UNKNOWN ? UNKNOWN : shown + shownMore);
    }

    private static List<KeyChange> lastOfEachKey(List<KeyChange> changes) {
        if (changes.size() == 1) {
            return changes;
        }
        TreeMap<String, KeyChange> byKey = new TreeMap<>(Utf8::compare);
        changes.forEach(change -> byKey.put(change.key(), change));
        return List.copyOf(byKey.values());
    }

    /** The chunk that a key belongs to: the last one that does not begin behind it, or the first of all. */
    private int chunkOf(String key) {
        int behind = firstIndex(
                0, chunks.size(), at -> Utf8.compare(chunks.get(at).get(0).key(), key) > 0);
        return Math.max(0, behind - 1);
    }

    Optional<KeyMutation> find(String key) {
        int at = firstIndex(0, size(), index -> Utf8.compare(entry(index).key(), key) >= 0);
        return at < size() && entry(at).key().equals(key) ? Optional.of(entry(at)) : Optional.empty();
    }

    int size() {
        return starts[chunks.size()];
    }

    /** Visible keys, reserved ones not counted. The first call on a table made from a list looks at every entry. */
    int shown() {
        int known = shown;
        if (known == UNKNOWN) {
            known = 0;
            for (List<KeyMutation> chunk : chunks) {
                known += shown(chunk);
            }
            shown = known;
        }
        return known;
    }

    /** All entries as an unmodifiable view. */
    List<KeyMutation> entries() {
        return new AbstractList<>() {
            @Override
            public KeyMutation get(int index) {
                return entry(Objects.checkIndex(index, size()));
            }

            @Override
            public int size() {
                return KeyTable.this.size();
            }
        };
    }

    /** The entries whose keys begin with a prefix, which stand side by side in UTF-8 order. */
    List<KeyMutation> entries(String prefix) {
        int from = firstIndex(0, size(), at -> Utf8.compare(entry(at).key(), prefix) >= 0);
        int to = firstIndex(from, size(), at -> !entry(at).key().startsWith(prefix));
        return entries().subList(from, to);
    }

    /** The first index for which the condition holds, when it holds for all that follow it. */
    private static int firstIndex(int from, int to, IntPredicate condition) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private KeyMutation entry(int index) {
        int at = Arrays.binarySearch(starts, index);
        int chunk = at >= 0 ? at : -at - 2;
        return chunks.get(chunk).get(index - starts[chunk]);
    }

    private static void addChunks(List<KeyMutation> entries, List<List<KeyMutation>> target) {
        if (!entries.isEmpty() && entries.size() <= MAX_CHUNK) {
            target.add(entries);
            return;
        }
        for (int from = 0; from < entries.size(); from += NEW_CHUNK) {
            target.add(entries.subList(from, Math.min(entries.size(), from + NEW_CHUNK)));
        }
    }

    private static int firstNotBelow(List<KeyChange> sorted, int from, String key) {
        int at = from;
        while (at < sorted.size() && Utf8.compare(sorted.get(at).key(), key) < 0) {
            at++;
        }
        return at;
    }

    private static List<KeyMutation> merge(List<KeyMutation> entries, List<KeyChange> changes) {
        List<KeyMutation> merged = new ArrayList<>(entries.size() + changes.size());
        int next = 0;
        for (KeyChange change : changes) {
            int at = firstIndex(
                    next,
                    entries.size(),
                    index -> Utf8.compare(entries.get(index).key(), change.key()) >= 0);
            merged.addAll(entries.subList(next, at));
            next = at;
            if (next < entries.size() && entries.get(next).key().equals(change.key())) {
                next++;
            }
            stored(change).ifPresent(merged::add);
        }
        merged.addAll(entries.subList(next, entries.size()));
        return merged;
    }

    private static Optional<KeyMutation> stored(KeyChange change) {
        return switch (change.kind()) {
            case SET -> Optional.of(entry(change, EntryStatus.SET));
            case DELETED -> Optional.of(entry(change, EntryStatus.TOMBSTONE));
            case DELETE_AFTER_TTL -> Optional.of(entry(change, EntryStatus.DELETE_AFTER_TTL));
            case EXPIRED -> Optional.empty();
        };
    }

    private static KeyMutation entry(KeyChange change, EntryStatus status) {
        return new KeyMutation(change.key(), change.value(), change.version(), status);
    }

    private static int shown(List<KeyMutation> entries) {
        int count = 0;
        for (KeyMutation entry : entries) {
            if (entry.status() != EntryStatus.TOMBSTONE && !ReservedKeys.isReserved(entry.key())) {
                count++;
            }
        }
        return count;
    }
}
