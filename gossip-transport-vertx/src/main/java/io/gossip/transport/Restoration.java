/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With which keys a node starts, from what it remembers and what is configured now. The rule: a configured key whose
 * configuration has changed since the last start is as configured, any other key is as it was when the node stopped.
 *
 * @param initial keys for which the configuration decides, in its order
 * @param restored keys for which the memory decides, in the order in which they were written
 * @param records what is to be durable before anyone hears of the new generation
 */
record Restoration(Map<String, String> initial, List<MemberMemory.Key> restored, List<MemberRecord> records) {
    static Restoration of(
            MemberMemory memory,
            NodeIdentity self,
            String clusterId,
            Map<String, String> configured,
            Duration grace,
            Instant now) {
        Map<String, String> initial = new LinkedHashMap<>();
        configured.forEach((key, value) -> {
            if (!value.equals(memory.configured().get(key))) {
                initial.put(key, value);
            }
        });
        List<MemberRecord> records = new ArrayList<>();
        records.add(new MemberRecord.OwnedBy(new MemberMemory.Owner(clusterId, self.nodeId())));
        records.add(new MemberRecord.GenerationUsed(self.generation()));
        List<MemberMemory.Key> restored = new ArrayList<>();
        for (MemberMemory.Key key : memory.keys()) {
            if (isOver(key, grace, now) || isWithdrawn(key, memory.configured(), configured)) {
                records.add(new MemberRecord.KeyGone(key.key()));
            } else if (!initial.containsKey(key.key())) {
                restored.add(key);
                if (key.collectedSince().isPresent()) {
                    // It gets a whole grace period of this run, which a restart in the meantime must not cut short.
                    records.add(
                            new MemberRecord.KeySet(new MemberMemory.Key(key.key(), key.value(), Optional.of(now))));
                }
            }
        }
        initial.forEach((key, value) ->
                records.add(new MemberRecord.KeySet(new MemberMemory.Key(key, value, Optional.empty()))));
        // Last: a start that is interrupted before this must find the configuration changed once more.
        records.add(new MemberRecord.Configured(configured));
        return new Restoration(initial, restored, records);
    }

    private static boolean isOver(MemberMemory.Key key, Duration grace, Instant now) {
        return key.collectedSince()
                .map(since -> !now.isBefore(since.plus(grace)))
                .orElse(false);
    }

    // It was there because it was configured, and it no longer is.
    private static boolean isWithdrawn(
            MemberMemory.Key key, Map<String, String> formerly, Map<String, String> configured) {
        return !configured.containsKey(key.key()) && key.value().equals(formerly.get(key.key()));
    }
}
