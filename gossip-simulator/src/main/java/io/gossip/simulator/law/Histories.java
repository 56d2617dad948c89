/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every member itself wrote, version by version: the truth that copies are compared with. */
final class Histories {
    /** One identity's writes; several at one version only if the same generation was started twice. */
    static final class History {
        private final Map<Long, List<KeyMutation>> byVersion = new HashMap<>();
        private final Map<String, Long> latestByKey = new HashMap<>();
        int runs;
        boolean running;

        boolean wrote(KeyMutation mutation) {
            return byVersion.getOrDefault(mutation.version(), List.of()).contains(mutation);
        }

        boolean wrote(long version) {
            return byVersion.containsKey(version);
        }

        /** {@return the version of the latest write of a key; 0 if there was none} */
        long latest(String key) {
            return latestByKey.getOrDefault(key, 0L);
        }

        private void add(KeyMutation mutation) {
            List<KeyMutation> there = byVersion.computeIfAbsent(mutation.version(), v -> new ArrayList<>(1));
            if (!there.contains(mutation)) {
                there.add(mutation);
            }
            latestByKey.put(mutation.key(), mutation.version());
        }
    }

    private final Map<NodeIdentity, History> histories = new HashMap<>();

    @Nullable
    History of(NodeIdentity identity) {
        return histories.get(identity);
    }

    void started(NodeSnapshot own) {
        History history = histories.computeIfAbsent(own.identity(), i -> new History());
        history.runs++;
        history.running = true;
        own.entries().stream()
                .sorted((a, b) -> Long.compareUnsigned(a.version(), b.version()))
                .forEach(history::add);
    }

    void stopped(NodeIdentity identity) {
        History history = histories.get(identity);
        if (history != null) {
            history.running = false;
        }
    }

    boolean isRunning(NodeIdentity identity) {
        History history = histories.get(identity);
        return history != null && history.running;
    }

    void changed(ClusterEvent.KeysChanged own) {
        History history = histories.get(own.identity());
        if (history == null) {
            throw new IllegalStateException("was never started: " + own.identity());
        }
        for (KeyChange change : own.changes()) {
            KeyMutation mutation = mutation(change);
            if (mutation != null) {
                history.add(mutation);
            }
        }
    }

    /** {@return what a change stored; null when it only dropped something} */
    static @Nullable KeyMutation mutation(KeyChange change) {
        return switch (change.kind()) {
            case SET -> new KeyMutation(change.key(), change.value(), change.version(), EntryStatus.SET);
            case DELETED -> new KeyMutation(change.key(), change.value(), change.version(), EntryStatus.TOMBSTONE);
            case DELETE_AFTER_TTL ->
                new KeyMutation(change.key(), change.value(), change.version(), EntryStatus.DELETE_AFTER_TTL);
            case EXPIRED -> null;
        };
    }
}
