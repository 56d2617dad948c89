/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one member: its heartbeat, its entries and how far its history has been followed.
 *
 * <p>Two numbers say what a peer may be missing. <em>Max version</em>: all changes up to it are included.
 * <em>Last GC version</em>: deletions up to it may have been collected, so whoever has not followed the history that far
 * must forget its copy and start anew. The pair (last GC version, max version), compared in that order, never decreases.
 *
 * <p>Entries are kept by key and, in a second order, by version, so that a delta for a peer that is <i>d</i> entries behind
 * costs <i>d</i> steps and never a scan. Each costs about 100 bytes of heap beside its two strings.
 *
 * <p><b>Threads:</b> confined.
 */
public final class NodeState {
    private final NodeIdentity identity;
    private final NavigableMap<String, Entry> entries = new TreeMap<>(Utf8::compare);
    private final VersionOrder byVersion = new VersionOrder();
    private final Set<Entry> expiring = new LinkedHashSet<>();
    private long heartbeat;
    private long maxVersion;
    private long lastGcVersion;
    private long stateBytes;
    private int tombstones;
    private @Nullable List<KeyMutation> entriesSnapshot;

    /**
     * A state about which nothing is known yet.
     *
     * @param identity whose state
     */
    public NodeState(NodeIdentity identity) {
        this.identity = identity;
    }

    /** {@return whose state this is} */
    public NodeIdentity identity() {
        return identity;
    }

    /** {@return the heartbeat to show, unsigned} */
    public long heartbeat() {
        return heartbeat;
    }

    /**
     * Sets the heartbeat to show.
     *
     * @param value unsigned
     */
    public void heartbeat(long value) {
        heartbeat = value;
    }

    /** {@return the version of the latest change included, unsigned} */
    public long maxVersion() {
        return maxVersion;
    }

    /** {@return the greatest version among the entries that were collected, unsigned} */
    public long lastGcVersion() {
        return lastGcVersion;
    }

    // ---------------------------------------------------------------- the own state (semantics §2)

    /**
     * Sets a key for good.
     *
     * @param key the key
     * @param value the value
     * @param nowNanos monotonic time, ns
     * @return the change; empty if an equal plain value stood there
     * @throws IllegalStateException if the versions are used up
     */
    public Optional<KeyChange> set(String key, String value, long nowNanos) {
        return write(key, value, EntryStatus.SET, nowNanos);
    }

    /**
     * Sets a key to be collected after the grace period.
     *
     * @param key the key
     * @param value the value
     * @param nowNanos monotonic time, ns
     * @return the change; empty if an equal value with that status stood there
     * @throws IllegalStateException if the versions are used up
     */
    public Optional<KeyChange> setWithTtl(String key, String value, long nowNanos) {
        return write(key, value, EntryStatus.DELETE_AFTER_TTL, nowNanos);
    }

    private Optional<KeyChange> write(String key, String value, EntryStatus status, long nowNanos) {
        Entry present = entries.get(key);
        if (present != null && present.status == status && present.value.equals(value)) {
            return Optional.empty();
        }
        return Optional.of(store(key, value, nextVersion(), status, nowNanos));
    }

    /**
     * Puts a tombstone in a key's place.
     *
     * @param key the key
     * @param nowNanos monotonic time, ns
     * @return the change; empty if the key is absent or deleted (W22)
     */
    public Optional<KeyChange> delete(String key, long nowNanos) {
        return isVisible(entries.get(key))
                ? Optional.of(store(key, "", nextVersion(), EntryStatus.TOMBSTONE, nowNanos))
                : Optional.empty();
    }

    /**
     * Marks a key to be collected after the grace period, which begins anew.
     *
     * @param key the key
     * @param nowNanos monotonic time, ns
     * @return the change; empty if the key is absent or deleted (W21)
     */
    public Optional<KeyChange> deleteAfterTtl(String key, long nowNanos) {
        Entry present = entries.get(key);
        return present != null && isVisible(present)
                ? Optional.of(store(key, present.value, nextVersion(), EntryStatus.DELETE_AFTER_TTL, nowNanos))
                : Optional.empty();
    }

    /**
     * Gives a key a new version and leaves all else as it is.
     *
     * @param key the key
     * @param nowNanos monotonic time, ns
     * @return the change; empty if the key is absent or deleted
     */
    public Optional<KeyChange> touch(String key, long nowNanos) {
        Entry present = entries.get(key);
        return present != null && isVisible(present)
                ? Optional.of(store(key, present.value, nextVersion(), present.status, nowNanos))
                : Optional.empty();
    }

    /**
     * Moves the whole state above what peers may hold of it: they will see the greater last GC version and start anew.
     *
     * @param newGcVersion becomes the last GC version; above every version in use
     * @param nowNanos monotonic time, ns
     * @return all remaining entries with their new versions, in version order
     */
    public List<KeyChange> renumberAbove(long newGcVersion, long nowNanos) {
        if (Long.compareUnsigned(newGcVersion, maxVersion) < 0) {
            throw new IllegalArgumentException("new last GC version " + Long.toUnsignedString(newGcVersion)
                    + " is below max version " + Long.toUnsignedString(maxVersion));
        }
        List<Entry> remaining = new ArrayList<>();
        for (Entry entry = byVersion.oldest(); entry != null; entry = entry.newer) {
            if (entry.status != EntryStatus.TOMBSTONE) {
                remaining.add(entry);
            }
        }
        clear();
        lastGcVersion = newGcVersion;
        maxVersion = newGcVersion;
        List<KeyChange> changes = new ArrayList<>(remaining.size());
        for (Entry entry : remaining) {
            changes.add(store(entry.key, entry.value, nextVersion(), entry.status, nowNanos));
        }
        return changes;
    }

    private long nextVersion() {
        // W34: a history that long was forged or is broken; going on would overflow.
        if (maxVersion < 0 || maxVersion == Long.MAX_VALUE) {
            throw new IllegalStateException("the versions of " + identity + " are used up");
        }
        return maxVersion + 1;
    }

    // ---------------------------------------------------------------- deltas (semantics §6)

    /**
     * Judges whether a node delta may be applied.
     *
     * @param delta about this member
     * @return what {@link #apply} would do
     */
    public DeltaVerdict judge(NodeDelta delta) {
        if (delta.isBare()) {
            return DeltaVerdict.REJECT_BARE;
        }
        if (isAbove(delta.fromVersionExcluded(), maxVersion)) {
            return DeltaVerdict.REJECT_FROM_FUTURE;
        }
        if (isAbove(delta.lastGcVersion(), lastGcVersion) && isAbove(delta.lastGcVersion(), maxVersion)) {
            return delta.fromVersionExcluded() == 0
                    ? DeltaVerdict.APPLY_AFTER_RESET
                    : DeltaVerdict.REJECT_MISSED_DELETIONS;
        }
        return isAbove(delta.maxVersion(), maxVersion) ? DeltaVerdict.APPLY : DeltaVerdict.REJECT_ALREADY_KNOWN;
    }

    /**
     * Applies a node delta as far as {@link #judge} permits.
     *
     * @param delta about this member
     * @param nowNanos monotonic time, ns; the start of what will be collected
     * @return what was decided and stored
     */
    public AppliedDelta apply(NodeDelta delta, long nowNanos) {
        DeltaVerdict verdict = judge(delta);
        return switch (verdict) {
            case APPLY -> new AppliedDelta(verdict, false, storeAll(delta, nowNanos));
            case APPLY_AFTER_RESET -> {
                clear();
                lastGcVersion = delta.lastGcVersion();
                maxVersion = 0;
                yield new AppliedDelta(verdict, true, storeAll(delta, nowNanos));
            }
            case REJECT_FROM_FUTURE, REJECT_MISSED_DELETIONS, REJECT_ALREADY_KNOWN, REJECT_BARE ->
                new AppliedDelta(verdict, false, List.of());
        };
    }

    private List<KeyChange> storeAll(NodeDelta delta, long nowNanos) {
        long known = maxVersion;
        List<KeyChange> changes = new ArrayList<>(delta.mutations().size());
        for (KeyMutation mutation : delta.mutations()) {
            boolean collected = mutation.status() != EntryStatus.SET && !isAbove(mutation.version(), lastGcVersion);
            if (isAbove(mutation.version(), known) && !collected) {
                changes.add(store(mutation.key(), mutation.value(), mutation.version(), mutation.status(), nowNanos));
            }
        }
        maxVersion = delta.maxVersion();
        return changes;
    }

    // ---------------------------------------------------------------- catch-up (semantics §14)

    /**
     * Replaces everything by a state obtained by other means, if that is newer.
     *
     * @param offered all entries, versions different, from 1 and not above {@code offeredMax}; in any order
     * @param offeredMax unsigned
     * @param offeredGc unsigned
     * @param nowNanos monotonic time, ns
     * @return what is stored now; empty if it was not newer
     * @throws IllegalArgumentException if the entries contradict each other or the max version
     */
    public Optional<AppliedDelta> replaceIfNewer(
            List<KeyMutation> offered, long offeredMax, long offeredGc, long nowNanos) {
        List<KeyMutation> sorted = new ArrayList<>(offered);
        sorted.sort(Comparator.comparing(KeyMutation::version, Long::compareUnsigned));
        requireConsistent(sorted, offeredMax);
        int byGc = Long.compareUnsigned(offeredGc, lastGcVersion);
        if (byGc < 0 || (byGc == 0 && !isAbove(offeredMax, maxVersion))) {
            return Optional.empty();
        }
        clear();
        lastGcVersion = offeredGc;
        List<KeyChange> changes = new ArrayList<>(sorted.size());
        for (KeyMutation mutation : sorted) {
            changes.add(store(mutation.key(), mutation.value(), mutation.version(), mutation.status(), nowNanos));
        }
        maxVersion = offeredMax;
        return Optional.of(new AppliedDelta(DeltaVerdict.APPLY_AFTER_RESET, true, changes));
    }

    private static void requireConsistent(List<KeyMutation> sorted, long max) {
        long previous = 0;
        Set<String> keys = new java.util.HashSet<>();
        for (KeyMutation mutation : sorted) {
            if (!isAbove(mutation.version(), previous)) {
                throw new IllegalArgumentException("version " + Long.toUnsignedString(mutation.version()) + " of key '"
                        + mutation.key() + "' is 0 or occurs twice");
            }
            if (!keys.add(mutation.key())) {
                throw new IllegalArgumentException("key '" + mutation.key() + "' occurs twice");
            }
            previous = mutation.version();
        }
        if (isAbove(previous, max)) {
            throw new IllegalArgumentException("version " + Long.toUnsignedString(previous)
                    + " is above the max version " + Long.toUnsignedString(max));
        }
    }

    // ---------------------------------------------------------------- collection (semantics §3)

    /**
     * Drops the tombstones and values with a time to live whose grace period is over.
     *
     * @param nowNanos monotonic time, ns
     * @param graceNanos grace period, ns
     * @return what was dropped, oldest first; the same empty list if nothing was
     */
    public List<KeyChange> collectExpired(long nowNanos, long graceNanos) {
        if (expiring.isEmpty() || nowNanos - expiring.iterator().next().sinceNanos < graceNanos) {
            return List.of();
        }
        List<KeyChange> dropped = new ArrayList<>();
        for (Iterator<Entry> due = expiring.iterator(); due.hasNext(); ) {
            Entry entry = due.next();
            if (nowNanos - entry.sinceNanos < graceNanos) {
                break;
            }
            due.remove();
            unlink(entry);
            entries.remove(entry.key);
            if (isAbove(entry.version, lastGcVersion)) {
                lastGcVersion = entry.version;
            }
            dropped.add(new KeyChange(entry.key, entry.value, entry.version, KeyChange.Kind.EXPIRED));
        }
        return dropped;
    }

    boolean hasExpiring() {
        return !expiring.isEmpty();
    }

    // ---------------------------------------------------------------- reading

    /**
     * Reads a key, tombstones included.
     *
     * @param key the key
     * @return its latest version; null if absent
     */
    public @Nullable VersionedValue get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : new VersionedValue(entry.value, entry.version, entry.status, entry.sinceNanos);
    }

    /**
     * Reads a visible key.
     *
     * @param key the key
     * @return its value; empty if absent or deleted
     */
    public Optional<String> value(String key) {
        Entry entry = entries.get(key);
        return entry != null && isVisible(entry) ? Optional.of(entry.value) : Optional.empty();
    }

    /**
     * Reads the visible keys that start with a prefix.
     *
     * @param prefix may be empty
     * @return in UTF-8 order of the keys
     */
    public List<KeyMutation> visible(String prefix) {
        List<KeyMutation> found = new ArrayList<>();
        for (Map.Entry<String, Entry> each : entries.tailMap(prefix, true).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            if (isVisible(each.getValue())) {
                found.add(mutationOf(each.getValue()));
            }
        }
        return found;
    }

    /** {@return the number of visible keys} */
    public int visibleKeys() {
        return entries.size() - tombstones;
    }

    /** {@return the UTF-8 bytes of all keys and values held, tombstones included} */
    public long stateBytes() {
        return stateBytes;
    }

    /**
     * Counts entries above a version, tombstones included.
     *
     * @param version unsigned
     * @return how many; takes as many steps
     */
    public int countNewerThan(long version) {
        return version == 0 ? entries.size() : byVersion.countAbove(version);
    }

    /**
     * Hands out the entries above a version, oldest first, until the reader has enough.
     *
     * @param version unsigned
     * @param reader gets one entry after the other
     */
    public void readNewerThan(long version, EntryReader reader) {
        Entry entry = byVersion.firstAbove(version);
        while (entry != null && reader.read(mutationOf(entry), entry.keyBytes, entry.valueBytes)) {
            entry = entry.newer;
        }
    }

    /** Reads entries in version order. */
    public interface EntryReader {
        /**
         * Takes one entry.
         *
         * @param mutation the entry
         * @param keyBytes UTF-8 length of its key, bytes
         * @param valueBytes UTF-8 length of its value, bytes
         * @return whether the next one is wanted
         */
        boolean read(KeyMutation mutation, int keyBytes, int valueBytes);
    }

    /** {@return an immutable copy; its entries are shared with earlier copies until something changes} */
    public NodeSnapshot snapshot() {
        if (entriesSnapshot == null) {
            List<KeyMutation> copy = new ArrayList<>(entries.size());
            for (Entry entry : entries.values()) {
                copy.add(mutationOf(entry));
            }
            entriesSnapshot = List.copyOf(copy);
        }
        return new NodeSnapshot(identity, heartbeat, entriesSnapshot, maxVersion, lastGcVersion);
    }

    // ---------------------------------------------------------------- entries

    private KeyChange store(String key, String value, long version, EntryStatus status, long nowNanos) {
        Entry former = entries.remove(key);
        if (former != null) {
            expiring.remove(former);
            unlink(former);
        }
        long since = status == EntryStatus.SET ? 0 : nowNanos;
        Entry entry = new Entry(key, Utf8.length(key), value, Utf8.length(value), version, status, since);
        entries.put(key, entry);
        byVersion.append(entry);
        if (entry.expires()) {
            expiring.add(entry);
        }
        stateBytes += entry.keyBytes + entry.valueBytes;
        tombstones += status == EntryStatus.TOMBSTONE ? 1 : 0;
        maxVersion = version;
        entriesSnapshot = null;
        return new KeyChange(key, value, version, kindOf(status));
    }

    private void unlink(Entry entry) {
        byVersion.remove(entry);
        stateBytes -= entry.keyBytes + entry.valueBytes;
        tombstones -= entry.status == EntryStatus.TOMBSTONE ? 1 : 0;
        entriesSnapshot = null;
    }

    private void clear() {
        entries.clear();
        byVersion.clear();
        expiring.clear();
        stateBytes = 0;
        tombstones = 0;
        entriesSnapshot = null;
    }

    private static KeyMutation mutationOf(Entry entry) {
        return new KeyMutation(entry.key, entry.value, entry.version, entry.status);
    }

    private static boolean isVisible(@Nullable Entry entry) {
        return entry != null && entry.status != EntryStatus.TOMBSTONE;
    }

    private static boolean isAbove(long left, long right) {
        return Long.compareUnsigned(left, right) > 0;
    }

    private static KeyChange.Kind kindOf(EntryStatus status) {
        return switch (status) {
            case SET -> KeyChange.Kind.SET;
            case TOMBSTONE -> KeyChange.Kind.DELETED;
            case DELETE_AFTER_TTL -> KeyChange.Kind.DELETE_AFTER_TTL;
        };
    }
}
