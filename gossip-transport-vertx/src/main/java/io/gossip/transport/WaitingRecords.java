/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.Utf8;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for a store, as few as come to the same: of those that override each other only the last one is kept.
 * If even these are more than a limit, because ever new keys come and go while the store hangs, the ones about keys are
 * let go, and all keys that there are when the store answers take their place. Confined.
 */
final class WaitingRecords {
    /** What a record takes besides its text: objects, references, two texts. */
    private static final int RECORD_BYTES = 160;

    private final long limitBytes;
    private final Supplier<List<MemberMemory.Key>> allKeys;
    private final Map<Object, MemberRecord> records = new LinkedHashMap<>();
    private MemberRecord.@Nullable Configured configured;
    private long keyBytes;
    private long takenBytes;
    private boolean keysLetGo;

    /** What a record about a key overrides. */
    private record Key(String key) {}

    WaitingRecords(long limitBytes, Supplier<List<MemberMemory.Key>> allKeys) {
        this.limitBytes = limitBytes;
        this.allKeys = allKeys;
    }

    void add(MemberRecord record) {
        if (record instanceof MemberRecord.Configured latest) {
            configured = latest;
            return;
        }
        Object overridden = overridden(record);
        if (overridden instanceof Key && keysLetGo) {
            return;
        }
        keyBytes -= keyBytes(records.remove(overridden)); // what was written last stands at the end
        records.put(overridden, record);
        keyBytes += keyBytes(record);
        if (keyBytes > limitBytes) {
            letKeysGo();
        }
    }

    private void letKeysGo() {
        records.keySet().removeIf(Key.class::isInstance);
        keyBytes = 0;
        keysLetGo = true;
    }

    private static Object overridden(MemberRecord record) {
        if (record instanceof MemberRecord.KeySet set) {
            return new Key(set.key().key());
        }
        return record instanceof MemberRecord.KeyGone gone ? new Key(gone.key()) : record.getClass();
    }

    private static long keyBytes(@Nullable MemberRecord record) {
        if (record instanceof MemberRecord.KeySet set) {
            return RECORD_BYTES
                    + (long) Utf8.length(set.key().key())
                    + Utf8.length(set.key().value());
        }
        return record instanceof MemberRecord.KeyGone gone ? RECORD_BYTES + (long) Utf8.length(gone.key()) : 0;
    }

    boolean isEmpty() {
        return records.isEmpty() && configured == null && !keysLetGo;
    }

    /** Whether records about keys were let go, and further ones are, until the next {@link #take}. */
    boolean isOverflowing() {
        return keysLetGo;
    }

    int size() {
        return records.size() + (configured == null ? 0 : 1);
    }

    /** {@return an estimate of the memory that records about keys take} */
    long bytes() {
        return keyBytes;
    }

    /** {@return an estimate of the memory that the records about keys take which the last {@link #take} gave} */
    long takenBytes() {
        return takenBytes;
    }

    /** {@return all records, which wait no longer} */
    List<MemberRecord> take() {
        List<MemberRecord> batch = new ArrayList<>(records.values());
        takenBytes = keyBytes;
        if (keysLetGo) {
            List<MemberRecord> every = everyKey();
            batch.addAll(every);
            takenBytes = (long) every.size() * RECORD_BYTES; // their texts are those that the node has
        }
        if (configured != null) {
            batch.add(configured); // last: if only a part is stored, the configuration must be found changed once more
        }
        records.clear();
        configured = null;
        keyBytes = 0;
        keysLetGo = false;
        return batch;
    }

    private List<MemberRecord> everyKey() {
        List<MemberRecord> every = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (MemberMemory.Key key : allKeys.get()) {
            names.add(key.key());
            every.add(new MemberRecord.KeySet(key));
        }
        every.add(new MemberRecord.OnlyKeys(names)); // behind them, for a part of all this may be stored
        return every;
    }
}
