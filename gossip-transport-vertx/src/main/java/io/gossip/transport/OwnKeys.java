/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.transport.store.MemberMemory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All keys of a node as a store would remember them. */
final class OwnKeys {
    private OwnKeys() {}

    /**
     * {@return the visible keys, the one written last at the end; since when one waits to be collected is not known to a
     * calendar, so it gets its whole time from now on}
     */
    static List<MemberMemory.Key> of(Gossiper engine, NodeIdentity self, Instant now) {
        List<KeyMutation> visible = Objects.requireNonNull(
                engine.withState(access -> access.keys(self, ""), System.nanoTime())
                        .value(),
                "reading does not fail");
        return visible.stream()
                .filter(entry -> !ReservedKeys.isReserved(entry.key()))
                .sorted(Comparator.comparing(KeyMutation::version, Long::compareUnsigned))
                .map(entry -> new MemberMemory.Key(
                        entry.key(),
                        entry.value(),
                        entry.status() == EntryStatus.DELETE_AFTER_TTL ? Optional.of(now) : Optional.empty()))
                .toList();
    }
}
