/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A memory that takes in records: for those who write a store.
 *
 * <p><b>Threads:</b> confined.
 */
public final class MemoryImage {
    private Optional<MemberMemory.Owner> owner = Optional.empty();
    private Optional<MemberMemory.Generation> highestGeneration = Optional.empty();
    private final Map<String, MemberMemory.Key> keys = new LinkedHashMap<>();
    private Map<String, String> configured = Map.of();
    private List<MemberMemory.Peer> peers = List.of();

    /** An image of {@link MemberMemory#NOTHING}. */
    public MemoryImage() {}

    /**
     * Takes one record in.
     *
     * @param record what to remember
     */
    public void add(MemberRecord record) {
        if (record instanceof MemberRecord.OwnedBy owned) {
            owner = Optional.of(owned.owner());
        } else if (record instanceof MemberRecord.GenerationUsed used) {
            raise(used.generation());
        } else if (record instanceof MemberRecord.KeySet set) {
            keys.remove(set.key().key()); // the key written last stands at the end
            keys.put(set.key().key(), set.key());
        } else if (record instanceof MemberRecord.KeyGone gone) {
            keys.remove(gone.key());
        } else if (record instanceof MemberRecord.OnlyKeys only) {
            keys.keySet().retainAll(only.keys());
        } else if (record instanceof MemberRecord.Configured initial) {
            configured = initial.keyValues();
        } else if (record instanceof MemberRecord.PeersKnown known) {
            peers = known.peers();
        } else {
            throw new AssertionError("unhandled record: " + record);
        }
    }

    /**
     * {@return a {@link MemberRecord.KeyGone} for each key of this image that is not among those, for a store whose form
     * knows no {@link MemberRecord.OnlyKeys}; to be asked before that record is added}
     *
     * @param only which keys there still may be
     */
    public List<MemberRecord> gone(MemberRecord.OnlyKeys only) {
        return keys.keySet().stream()
                .filter(key -> !only.keys().contains(key))
                .<MemberRecord>map(MemberRecord.KeyGone::new)
                .toList();
    }

    /** {@return what all records so far come to} */
    public MemberMemory memory() {
        return new MemberMemory(owner, highestGeneration, List.copyOf(keys.values()), configured, peers);
    }

    /** {@return the fewest records that come to the same} */
    public List<MemberRecord> records() {
        List<MemberRecord> records = new ArrayList<>();
        owner.map(MemberRecord.OwnedBy::new).ifPresent(records::add);
        highestGeneration
                .map(generation -> new MemberRecord.GenerationUsed(generation.value()))
                .ifPresent(records::add);
        keys.values().forEach(key -> records.add(new MemberRecord.KeySet(key)));
        records.add(new MemberRecord.Configured(configured));
        records.add(new MemberRecord.PeersKnown(peers));
        return records;
    }

    private void raise(long generation) {
        boolean higher = highestGeneration
                .map(known -> Long.compareUnsigned(generation, known.value()) > 0)
                .orElse(true);
        if (higher) {
            highestGeneration = Optional.of(new MemberMemory.Generation(generation));
        }
    }
}
