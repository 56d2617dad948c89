/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one node state by key and by version, with what is counted about them. Knows no rules: what may be
 * stored is decided by {@link NodeState}.
 */
final class Entries {
    private final NodeState owner;
    private final KeyIndex byKey = new KeyIndex();
    private final VersionOrder byVersion = new VersionOrder();
    private Surroundings surroundings;
    private int visible;
    private long bytes;
    private @Nullable List<KeyMutation> image;

    Entries(NodeState owner, Surroundings surroundings) {
        this.owner = owner;
        this.surroundings = surroundings;
    }

    @Nullable
    Entry find(String key) {
        return byKey.find(key);
    }

    /** Stores a mutation in place of {@code found}, the present entry of its key; returns the instance that is kept. */
    KeyMutation put(@Nullable Entry found, KeyMutation mutation, long nowNanos) {
        Entry entry = found == null ? added(surroundings.instances().mutation(mutation)) : replaced(found, mutation);
        byVersion.insert(entry);
        count(0, entry.valueBytes);
        visible += entry.isVisible() ? 1 : 0;
        if (mutation.status() != EntryStatus.SET) {
            entry.ticket = new ExpiryQueue.Ticket(owner, entry, nowNanos);
            surroundings.expiry().add(entry.ticket);
        }
        image = null;
        return entry.mutation;
    }

    private Entry added(KeyMutation mutation) {
        Entry entry = new Entry(mutation);
        byKey.add(entry);
        count(1, entry.keyBytes);
        return entry;
    }

    private Entry replaced(Entry entry, KeyMutation mutation) {
        unlink(entry);
        // The key that the index holds already: otherwise each overwritten key would be kept twice.
        entry.mutation = byKey.holdsKeys()
                ? new KeyMutation(entry.mutation.key(), mutation.value(), mutation.version(), mutation.status())
                : surroundings.instances().mutation(mutation);
        entry.valueBytes = Utf8.length(mutation.value());
        return entry;
    }

    void remove(Entry entry) {
        byKey.remove(entry.mutation.key());
        count(-1, -entry.keyBytes);
        unlink(entry);
        image = null;
    }

    private void unlink(Entry entry) {
        byVersion.remove(entry);
        count(0, -entry.valueBytes);
        visible -= entry.isVisible() ? 1 : 0;
        if (entry.ticket != null) {
            entry.ticket.leave();
            entry.ticket = null;
        }
    }

    void clear() {
        stopWaiting();
        count(-size(), -bytes);
        byKey.clear();
        byVersion.clear();
        visible = 0;
        image = null;
    }

    private void count(int moreEntries, long moreBytes) {
        bytes += moreBytes;
        surroundings.size().add(moreEntries, moreBytes);
    }

    /** Nothing of this state waits any more; what is stored later waits in {@code others}, and all is counted there. */
    void moveTo(Surroundings others) {
        stopWaiting();
        surroundings.size().add(-size(), -bytes);
        others.size().add(size(), bytes);
        surroundings = others;
    }

    private void stopWaiting() {
        for (Entry entry = byVersion.oldest(); entry != null; entry = entry.newer) {
            if (entry.ticket != null) {
                entry.ticket.leave();
                entry.ticket = null;
            }
        }
    }

    /** Gives an entry another version, the greatest of all; the time it has waited still counts. */
    void renumber(Entry entry, long version) {
        KeyMutation old = entry.mutation;
        byVersion.remove(entry);
        entry.mutation = new KeyMutation(old.key(), old.value(), version, old.status());
        byVersion.insert(entry);
        image = null;
    }

    VersionOrder byVersion() {
        return byVersion;
    }

    ExpiryQueue expiry() {
        return surroundings.expiry();
    }

    int visible() {
        return visible;
    }

    int size() {
        return byKey.size();
    }

    long bytes() {
        return bytes;
    }

    List<KeyMutation> visible(String prefix) {
        List<KeyMutation> found = new ArrayList<>();
        for (Entry entry : byKey.from(prefix)) {
            if (!entry.mutation.key().startsWith(prefix)) {
                break;
            }
            if (entry.isVisible()) {
                found.add(entry.mutation);
            }
        }
        return found;
    }

    /** All mutations by key; the same list until something changes. */
    List<KeyMutation> image() {
        if (image == null) {
            KeyMutation[] mutations = new KeyMutation[byKey.size()];
            int i = 0;
            for (Entry entry : byKey.all()) {
                mutations[i++] = entry.mutation;
            }
            image = List.of(mutations);
        }
        return image;
    }
}
