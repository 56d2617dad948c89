/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.transport.store.MemberRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for a store, as few as come to the same: of those that override each other only the last one is kept,
 * so that a store that hangs does not fill the heap. Confined.
 */
final class WaitingRecords {
    private final Map<Object, MemberRecord> records = new LinkedHashMap<>();
    private MemberRecord.@Nullable Configured configured;

    /** What a record about a key overrides. */
    private record Key(String key) {}

    void add(MemberRecord record) {
        if (record instanceof MemberRecord.Configured latest) {
            configured = latest;
        } else {
            Object overridden = overridden(record);
            records.remove(overridden); // what was written last stands at the end
            records.put(overridden, record);
        }
    }

    private static Object overridden(MemberRecord record) {
        if (record instanceof MemberRecord.KeySet set) {
            return new Key(set.key().key());
        }
        return record instanceof MemberRecord.KeyGone gone ? new Key(gone.key()) : record.getClass();
    }

    boolean isEmpty() {
        return records.isEmpty() && configured == null;
    }

    int size() {
        return records.size() + (configured == null ? 0 : 1);
    }

    /** {@return all records, which wait no longer} */
    List<MemberRecord> take() {
        List<MemberRecord> batch = new ArrayList<>(records.values());
        if (configured != null) {
            batch.add(configured); // last: if only a part is stored, the configuration must be found changed once more
        }
        records.clear();
        configured = null;
        return batch;
    }
}
