/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one running node remembers: a reader of its changes that hands on to the store what a restart would need.
 * Confined, except {@link #health}.
 */
final class NodeMemory {
    private static final Duration PEERS_REFRESH = Duration.ofMinutes(1);
    private static final Duration PEERS_PAUSE = Duration.ofSeconds(1);

    private final NodeIdentity self;
    private final InstantSource clock;
    private final StoreWriter writer;
    private final OldPeers peers;
    private final Map<String, String> configured;
    private Instant peersStored = Instant.MIN;
    private boolean keyTouched;

    NodeMemory(
            NodeIdentity self,
            InstantSource clock,
            StoreWriter writer,
            OldPeers peers,
            Map<String, String> configured) {
        this.self = self;
        this.clock = clock;
        this.writer = writer;
        this.peers = peers;
        this.configured = new LinkedHashMap<>(configured);
    }

    /** For how many rounds a former peer is looked for. */
    static long patienceRounds(GossipNodeOptions options) {
        return options.getDeadNodeGraceMillis() / options.getGossipIntervalMillis();
    }

    /** Looks for former peers as other options say. */
    void reconfigured(GossipNodeOptions options) {
        peers.settings(options.getFanout(), patienceRounds(options));
    }

    StoreHealth health() {
        return writer.health();
    }

    /** Access that notes whether one of the node's own keys was written, or found to be as it should. */
    ClusterAccess watching(ClusterAccess state) {
        return new WatchedAccess(state, () -> keyTouched = true, () -> {});
    }

    /** Notes that keys are configured otherwise now; null stands for a key that no longer is. */
    void configured(Map<String, @Nullable String> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                configured.remove(key);
            } else {
                configured.put(key, value);
            }
        });
        if (!changes.isEmpty()) {
            writer.add(new MemberRecord.Configured(configured));
            keyTouched = true;
        }
    }

    /** Holds the result of a function back until what it wrote is durable; then it fails if that failed. */
    <T extends @Nullable Object> Future<T> afterStoring(Future<T> result) {
        boolean mustWait = keyTouched && !result.failed();
        keyTouched = false;
        return mustWait ? writer.durable().compose(stored -> result) : result;
    }

    void changed(List<ClusterEvent> events) {
        peers.changed(events, clock.instant());
        for (ClusterEvent event : events) {
            if (event instanceof ClusterEvent.KeysChanged keys
                    && keys.identity().equals(self)) {
                keys.changes().forEach(this::record);
            }
        }
    }

    // Versions are left out: the next generation numbers its keys anew.
    private void record(KeyChange change) {
        if (!ReservedKeys.isReserved(change.key())) {
            writer.add(
                    switch (change.kind()) {
                        case SET -> set(change, Optional.empty());
                        case DELETE_AFTER_TTL -> set(change, Optional.of(clock.instant()));
                        case DELETED, EXPIRED -> new MemberRecord.KeyGone(change.key());
                    });
        }
    }

    private static MemberRecord set(KeyChange change, Optional<Instant> collectedSince) {
        return new MemberRecord.KeySet(new MemberMemory.Key(change.key(), change.value(), collectedSince));
    }

    /** To be called in each round; {@return where else to send a SYN} */
    List<GossipAddress> roundDone() {
        List<GossipAddress> wanted = peers.toLookFor();
        Instant now = clock.instant();
        Duration age = Duration.between(peersStored, now).abs(); // the clock may be set back
        if (age.compareTo(PEERS_REFRESH) >= 0 || (peers.isChanged() && age.compareTo(PEERS_PAUSE) >= 0)) {
            notePeers(now);
        }
        return wanted;
    }

    Future<Void> close() {
        notePeers(clock.instant());
        return writer.close();
    }

    private void notePeers(Instant now) {
        peersStored = now;
        writer.add(new MemberRecord.PeersKnown(peers.toRemember(now)));
        writer.storeSoon(); // nobody waits for it; a failure is logged and counted
    }
}
