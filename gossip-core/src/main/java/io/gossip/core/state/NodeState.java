/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one member: its heartbeat, its versions and its entries, by the rules of semantics §§1-3, 6 and 14.
 *
 * <p>Laws: the pair (last GC version, max version), compared in this order, never decreases; no entry's version is
 * above max version. Last GC version may be above max version, while a reset is only partly transferred.
 *
 * <p>All versions and heartbeats are unsigned. Times are monotonic nanoseconds and must not run backwards.
 *
 * <p><b>Threads:</b> confined.
 */
public final class NodeState {
    private final NodeIdentity identity;
    private final Entries entries;
    private final int slot;
    private NodeNumbers numbers;
    private int row; // of the numbers: the slot, until it leaves its cluster state

    /**
     * An empty state that belongs to no cluster state.
     *
     * @param identity whose state
     */
    public NodeState(NodeIdentity identity) {
        this(identity, 0, Surroundings.ofOne());
    }

    NodeState(NodeIdentity identity, int slot, Surroundings surroundings) {
        this.identity = identity;
        this.slot = slot;
        this.entries = new Entries(this, surroundings);
        this.numbers = surroundings.numbers();
        this.row = slot;
        numbers.begin(row);
    }

    /** {@return whose state this is} */
    public NodeIdentity identity() {
        return identity;
    }

    /**
     * Its place in tables that are kept of all node states of one cluster state: a small number, from 0, that no other
     * state there has as long as this one is there.
     *
     * @return the slot
     */
    public int slot() {
        return slot;
    }

    /** {@return the heartbeat as we tell it to others, unsigned} */
    public long heartbeat() {
        return numbers.heartbeat(row);
    }

    /**
     * Stores a heartbeat; whether it is to be believed is the caller's business.
     *
     * @param value unsigned
     */
    public void heartbeat(long value) {
        numbers.heartbeat(row, value);
    }

    /** {@return version of the latest change included, unsigned} */
    public long maxVersion() {
        return numbers.maxVersion(row);
    }

    private void maxVersion(long value) {
        numbers.maxVersion(row, value);
    }

    /** {@return greatest version among the entries that were collected, unsigned} */
    public long lastGcVersion() {
        return numbers.lastGcVersion(row);
    }

    private void lastGcVersion(long value) {
        numbers.lastGcVersion(row, value);
    }

    // writes of the owner (semantics §2)

    /**
     * Sets a plain value. Nothing happens if the key has that very value and no time limit.
     *
     * @param key may be empty
     * @param value may be empty
     * @param nowNanos monotonic time, ns
     * @return the change; empty if nothing happened
     * @throws IllegalStateException if the versions are used up (W34)
     */
    public Optional<KeyChange> set(String key, String value, long nowNanos) {
        Entry entry = entries.find(key);
        return holds(entry, value, EntryStatus.SET)
                ? Optional.empty()
                : write(entry, key, value, EntryStatus.SET, nowNanos);
    }

    /**
     * Sets a value that will be collected after the grace period. Nothing happens, and the time is not prolonged, if the
     * key already has that very value with a limit.
     *
     * @param key may be empty
     * @param value may be empty
     * @param nowNanos monotonic time, ns
     * @return the change; empty if nothing happened
     * @throws IllegalStateException if the versions are used up (W34)
     */
    public Optional<KeyChange> setWithTtl(String key, String value, long nowNanos) {
        Entry entry = entries.find(key);
        return holds(entry, value, EntryStatus.DELETE_AFTER_TTL)
                ? Optional.empty()
                : write(entry, key, value, EntryStatus.DELETE_AFTER_TTL, nowNanos);
    }

    /**
     * Deletes a key: a tombstone takes its place. Nothing happens to an absent or a deleted key (W22).
     *
     * @param key which
     * @param nowNanos monotonic time, ns
     * @return the change; empty if nothing happened
     * @throws IllegalStateException if the versions are used up (W34)
     */
    public Optional<KeyChange> delete(String key, long nowNanos) {
        Entry entry = entries.find(key);
        return isVisible(entry) ? write(entry, key, "", EntryStatus.TOMBSTONE, nowNanos) : Optional.empty();
    }

    /**
     * Marks a key to be collected after the grace period, which begins anew with each call. Nothing happens to an absent
     * or a deleted key (W21).
     *
     * @param key which
     * @param nowNanos monotonic time, ns
     * @return the change; empty if nothing happened
     * @throws IllegalStateException if the versions are used up (W34)
     */
    public Optional<KeyChange> deleteAfterTtl(String key, long nowNanos) {
        Entry entry = entries.find(key);
        return entry != null && entry.isVisible()
                ? write(entry, key, entry.mutation.value(), EntryStatus.DELETE_AFTER_TTL, nowNanos)
                : Optional.empty();
    }

    /**
     * Gives a key a new version without changing value or status; the time of a limited value begins anew. Nothing
     * happens to an absent or a deleted key.
     *
     * @param key which
     * @param nowNanos monotonic time, ns
     * @return the change; empty if nothing happened
     * @throws IllegalStateException if the versions are used up (W34)
     */
    public Optional<KeyChange> touch(String key, long nowNanos) {
        Entry entry = entries.find(key);
        return entry != null && entry.isVisible()
                ? write(entry, key, entry.mutation.value(), entry.mutation.status(), nowNanos)
                : Optional.empty();
    }

    /**
     * Moves all entries to versions above {@code newGcVersion}, in their present order, and drops the tombstones, so that
     * every peer resets to what is here (architecture §4, own state). Limited values keep the time they have waited.
     *
     * @param newGcVersion becomes the last GC version; not below the present last GC and max version, unsigned
     * @param nowNanos monotonic time, ns
     * @return the entries that remain with their new versions, in version order
     * @throws IllegalArgumentException if {@code newGcVersion} is too low
     * @throws IllegalStateException if the versions would be used up (W34); nothing was changed
     */
    public List<KeyChange> renumberAbove(long newGcVersion, long nowNanos) {
        if (isAbove(maxVersion(), newGcVersion) || isAbove(lastGcVersion(), newGcVersion)) {
            throw new IllegalArgumentException("the new last GC version " + Long.toUnsignedString(newGcVersion)
                    + " is below what " + identity + " has");
        }
        if (newGcVersion < 0 || newGcVersion + entries.visible() < 0) {
            throw versionsUsedUp();
        }
        List<Entry> inOrder = new ArrayList<>();
        for (Entry entry = entries.byVersion().oldest(); entry != null; entry = entry.newer) {
            inOrder.add(entry);
        }
        long reached = newGcVersion;
        List<KeyChange> changes = new ArrayList<>();
        for (Entry entry : inOrder) {
            if (entry.isVisible()) {
                entries.renumber(entry, ++reached);
                changes.add(KeyChange.of(entry.mutation));
            } else {
                entries.remove(entry);
            }
        }
        lastGcVersion(newGcVersion);
        maxVersion(reached);
        return changes;
    }

    private Optional<KeyChange> write(
            @Nullable Entry entry, String key, String value, EntryStatus status, long nowNanos) {
        long latest = maxVersion();
        if (latest < 0 || latest == Long.MAX_VALUE) {
            throw versionsUsedUp();
        }
        KeyMutation mutation = new KeyMutation(key, value, latest + 1, status);
        maxVersion(mutation.version());
        return Optional.of(KeyChange.of(entries.put(entry, mutation, nowNanos)));
    }

    private IllegalStateException versionsUsedUp() {
        return new IllegalStateException("no version is left above " + Long.toUnsignedString(maxVersion()) + " for "
                + identity + "; own versions end at " + Long.MAX_VALUE);
    }

    private static boolean holds(@Nullable Entry entry, String value, EntryStatus status) {
        return entry != null
                && entry.mutation.status() == status
                && entry.mutation.value().equals(value);
    }

    private static boolean isVisible(@Nullable Entry entry) {
        return entry != null && entry.isVisible();
    }

    // what others tell (semantics §§6, 14)

    /**
     * Judges a node delta without applying it. The table of semantics §6.
     *
     * @param delta about this identity
     * @return whether and how it may be applied now
     */
    public DeltaVerdict judge(NodeDelta delta) {
        if (delta.isBare()) {
            return DeltaVerdict.REJECT_BARE;
        }
        if (isAbove(delta.fromVersionExcluded(), maxVersion())) {
            return DeltaVerdict.REJECT_FROM_FUTURE;
        }
        if (isAbove(delta.lastGcVersion(), lastGcVersion()) && isAbove(delta.lastGcVersion(), maxVersion())) {
            return delta.fromVersionExcluded() == 0
                    ? DeltaVerdict.APPLY_AFTER_RESET
                    : DeltaVerdict.REJECT_MISSED_DELETIONS;
        }
        if (couldBringBackDeletedKeys(delta)) {
            return DeltaVerdict.REJECT_MISSED_DELETIONS;
        }
        return isAbove(delta.maxVersion(), maxVersion()) ? DeltaVerdict.APPLY : DeltaVerdict.REJECT_ALREADY_KNOWN;
    }

    // A reset that is only partly transferred leaves max version below last GC version. Who has collected less than we
    // know to be collected may still hold keys that were deleted in between, and no tombstone will ever follow.
    private boolean couldBringBackDeletedKeys(NodeDelta delta) {
        return isAbove(lastGcVersion(), maxVersion())
                && isAbove(lastGcVersion(), delta.lastGcVersion())
                && isAbove(lastGcVersion(), delta.maxVersion());
    }

    /**
     * Applies a node delta if it may be applied. The heartbeat survives a reset (W20).
     *
     * @param delta about this identity
     * @param nowNanos monotonic time, ns
     * @return the verdict and what changed
     */
    public AppliedDelta apply(NodeDelta delta, long nowNanos) {
        DeltaVerdict verdict = judge(delta);
        return switch (verdict) {
            case APPLY -> AppliedDelta.accepted(false, store(delta, nowNanos));
            case APPLY_AFTER_RESET -> {
                entries.clear();
                maxVersion(0);
                lastGcVersion(delta.lastGcVersion());
                yield AppliedDelta.accepted(true, store(delta, nowNanos));
            }
            case REJECT_FROM_FUTURE, REJECT_MISSED_DELETIONS, REJECT_ALREADY_KNOWN, REJECT_BARE ->
                AppliedDelta.rejected(verdict);
        };
    }

    private List<KeyChange> store(NodeDelta delta, long nowNanos) {
        List<KeyChange> changes = new ArrayList<>(delta.mutations().size());
        long reached = delta.maxVersion();
        for (KeyMutation mutation : delta.mutations()) {
            Entry entry = entries.find(mutation.key());
            if (isNews(mutation) && (entry == null || !isAtLeast(entry.version(), mutation.version()))) {
                changes.add(store(entry, mutation, nowNanos));
                reached = isAbove(mutation.version(), reached) ? mutation.version() : reached;
            }
        }
        maxVersion(reached);
        return changes;
    }

    // Max version moves only when the whole delta is stored: until then it is what we had before.
    private boolean isNews(KeyMutation mutation) {
        boolean wouldBeCollected =
                mutation.status() != EntryStatus.SET && isAtLeast(lastGcVersion(), mutation.version());
        return isAbove(mutation.version(), maxVersion()) && !wouldBeCollected;
    }

    private KeyChange store(@Nullable Entry entry, KeyMutation mutation, long nowNanos) {
        // A tombstone has no value, whatever was sent with it.
        KeyMutation clean =
                mutation.status() == EntryStatus.TOMBSTONE && !mutation.value().isEmpty()
                        ? new KeyMutation(mutation.key(), "", mutation.version(), EntryStatus.TOMBSTONE)
                        : mutation;
        return KeyChange.of(entries.put(entry, clean, nowNanos));
    }

    /**
     * Replaces the whole state by one that was obtained by other means, if that is newer (semantics §14, W32). The
     * heartbeat stays.
     *
     * @param replacement all entries
     * @param newMaxVersion unsigned
     * @param newLastGcVersion unsigned
     * @param nowNanos monotonic time, ns
     * @return what changed, as after a reset; empty if the pair (last GC version, max version) would not grow
     * @throws IllegalArgumentException if a key occurs twice, two versions are equal, or a version is 0 or above
     *     {@code newMaxVersion}
     */
    public Optional<AppliedDelta> replaceIfNewer(
            List<KeyMutation> replacement, long newMaxVersion, long newLastGcVersion, long nowNanos) {
        List<KeyMutation> inOrder = Replacement.inVersionOrder(replacement, newMaxVersion);
        int byGc = Long.compareUnsigned(newLastGcVersion, lastGcVersion());
        if (byGc < 0 || (byGc == 0 && !isAbove(newMaxVersion, maxVersion()))) {
            return Optional.empty();
        }
        entries.clear();
        List<KeyChange> changes = new ArrayList<>(inOrder.size());
        for (KeyMutation mutation : inOrder) {
            changes.add(store(null, mutation, nowNanos));
        }
        maxVersion(newMaxVersion);
        lastGcVersion(newLastGcVersion);
        return Optional.of(AppliedDelta.accepted(true, changes));
    }

    // collecting (semantics §3)

    /**
     * Drops the tombstones and limited values whose grace period is over, of this state only. A {@link ClusterState}
     * collects all its states at once and cheaper.
     *
     * @param graceNanos grace period, ns
     * @param nowNanos monotonic time, ns
     * @return what was dropped, in version order
     */
    public List<KeyChange> gcKeysMarkedForDeletion(long graceNanos, long nowNanos) {
        List<KeyChange> dropped = new ArrayList<>();
        ExpiryQueue.Ticket ticket = entries.expiry().first();
        while (ticket != null && ticket.isDue(graceNanos, nowNanos)) {
            ExpiryQueue.Ticket later = ticket.later();
            if (ticket.owner.equals(this)) {
                dropped.add(collect(ticket.entry));
            }
            ticket = later;
        }
        dropped.sort((a, b) -> Long.compareUnsigned(a.version(), b.version()));
        return dropped;
    }

    KeyChange collect(Entry entry) {
        KeyMutation old = entry.mutation;
        entries.remove(entry);
        if (isAbove(old.version(), lastGcVersion())) {
            lastGcVersion(old.version());
        }
        return new KeyChange(old.key(), old.value(), old.version(), KeyChange.Kind.EXPIRED);
    }

    /** Nothing of it is shared with its cluster state any more: someone else may have its slot from now on. */
    void leave(Surroundings surroundings) {
        Surroundings own = surroundings.left(slot);
        entries.moveTo(own);
        numbers = own.numbers();
        row = 0;
    }

    NodeNumbers numbers() {
        return numbers;
    }

    /** Where its heartbeat and versions stand in {@link #numbers()}. */
    int row() {
        return row;
    }

    // reading

    /**
     * Reads a key, tombstones included.
     *
     * @param key which
     * @return its latest version; null if there is none
     */
    public @Nullable VersionedValue get(String key) {
        Entry entry = entries.find(key);
        if (entry == null) {
            return null;
        }
        long sinceNanos = entry.ticket == null ? 0 : entry.ticket.sinceNanos;
        return new VersionedValue(
                entry.mutation.value(), entry.mutation.version(), entry.mutation.status(), sinceNanos);
    }

    /**
     * Reads a key as its readers see it.
     *
     * @param key which
     * @return its value; empty if absent or deleted
     */
    public Optional<String> value(String key) {
        Entry entry = entries.find(key);
        return entry != null && entry.isVisible() ? Optional.of(entry.mutation.value()) : Optional.empty();
    }

    /**
     * Lists the visible keys that start with a prefix.
     *
     * @param prefix may be empty
     * @return in UTF-8 order of the keys; a fresh list
     */
    public List<KeyMutation> visible(String prefix) {
        return entries.visible(prefix);
    }

    /** {@return the number of visible keys} */
    public int visibleKeys() {
        return entries.visible();
    }

    /** {@return the number of entries, tombstones included} */
    public int entryCount() {
        return entries.size();
    }

    /** {@return UTF-8 bytes of all keys and values held, tombstones included} */
    public long stateBytes() {
        return entries.bytes();
    }

    /** {@return the state now; the list of entries is the same until one changes} */
    public NodeSnapshot snapshot() {
        return new NodeSnapshot(identity, heartbeat(), entries.image(), maxVersion(), lastGcVersion());
    }

    /**
     * Tells whether an entry, tombstones included, has a version above another.
     *
     * @param version unsigned
     * @return whether there is such an entry
     */
    public boolean hasNewerThan(long version) {
        return entries.byVersion().hasNewerThan(version);
    }

    /**
     * Counts the entries, tombstones included, with a version above a floor; one step for each of them.
     *
     * @param floor unsigned
     * @return how many
     */
    public int countNewerThan(long floor) {
        return entries.byVersion().countNewerThan(floor);
    }

    /**
     * Shows the entries, tombstones included, with a version above a floor in ascending order of their versions, until
     * the visitor has enough. One step for each of them, however many older ones there are. The visitor must not change
     * this state.
     *
     * @param floor unsigned
     * @param visitor is shown the entries
     * @return whether the visitor saw them all and wanted to go on
     */
    public boolean visitNewerThan(long floor, EntryVisitor visitor) {
        for (Entry entry = entries.byVersion().firstNewerThan(floor); entry != null; entry = entry.newer) {
            if (!visitor.visit(entry.mutation, entry.keyBytes, entry.valueBytes)) {
                return false;
            }
        }
        return true;
    }

    /** {@return who it is and how far it has come, for logs} */
    @Override
    public String toString() {
        return identity + " (gc " + Long.toUnsignedString(lastGcVersion()) + ", max "
                + Long.toUnsignedString(maxVersion()) + ", " + entries.visible() + " keys)";
    }

    private static boolean isAbove(long left, long right) {
        return Long.compareUnsigned(left, right) > 0;
    }

    private static boolean isAtLeast(long left, long right) {
        return Long.compareUnsigned(left, right) >= 0;
    }
}
