/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.Utf8;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one node state in the order of their keys' UTF-8 bytes.
 *
 * <p>Most members have a handful of keys, and a cluster knows thousands of members: so up to {@value #MOST_FLAT} entries lie
 * in a sorted array, at 4 bytes each. More move to a tree, at 40 bytes each, and stay there until {@link #clear}.
 */
final class KeyIndex {
    static final int MOST_FLAT = 16;

    private static final Entry[] NONE = {};

    private Entry[] flat = NONE;
    private int size;
    private @Nullable TreeMap<String, Entry> tree;

    @Nullable
    Entry find(String key) {
        if (tree != null) {
            return tree.get(key);
        }
        int at = position(key);
        return isAt(at, key) ? flat[at] : null;
    }

    /** Adds an entry whose key is not there yet. */
    void add(Entry entry) {
        if (tree == null && size == MOST_FLAT) {
            moveToTree();
        }
        if (tree != null) {
            tree.put(entry.mutation.key(), entry);
        } else {
            insert(position(entry.mutation.key()), entry);
        }
    }

    void remove(String key) {
        if (tree != null) {
            tree.remove(key);
            return;
        }
        int at = position(key);
        if (isAt(at, key)) {
            size--;
            System.arraycopy(flat, at + 1, flat, at, size - at);
            Arrays.fill(flat, size, size + 1, null);
        }
    }

    void clear() {
        flat = NONE;
        size = 0;
        tree = null;
    }

    int size() {
        return tree == null ? size : tree.size();
    }

    /** Whether it refers to the keys themselves, and not only to their entries. */
    boolean holdsKeys() {
        return tree != null;
    }

    /** All entries, in order; a view, void after the next change. */
    Collection<Entry> all() {
        return tree == null ? Arrays.asList(flat).subList(0, size) : tree.values();
    }

    /** The entries whose keys are not less than {@code key}, in order; a view, void after the next change. */
    Collection<Entry> from(String key) {
        return tree == null
                ? Arrays.asList(flat).subList(position(key), size)
                : tree.tailMap(key, true).values();
    }

    private void moveToTree() {
        TreeMap<String, Entry> moved = new TreeMap<>(Utf8::compare);
        for (int i = 0; i < size; i++) {
            moved.put(flat[i].mutation.key(), flat[i]);
        }
        clear();
        tree = moved;
    }

    private void insert(int at, Entry entry) {
        if (size == flat.length) {
            flat = Arrays.copyOf(flat, Math.min(MOST_FLAT, size + size / 2 + 1));
        }
        System.arraycopy(flat, at, flat, at + 1, size - at);
        flat[at] = entry;
        size++;
    }

    private boolean isAt(int at, String key) {
        return at < size && flat[at].mutation.key().equals(key);
    }

    /** Where a key is, or would be. */
    private int position(String key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Utf8.compare(flat[middle].mutation.key(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
