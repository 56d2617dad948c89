/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One listed member in a {@link ClusterPicture}.
 *
 * <p>An unchanged member is the same object in the next picture, so whatever is derived from it (bytes of JSON, say) may
 * be kept by reference.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class MemberPicture {
    private final NodeIdentity identity;
    private final MemberState state;
    private final long heartbeat;
    private final long maxVersion;
    private final long lastGcVersion;
    private final KeyTable keys;

    // Parsed on demand; two threads may both do so, to the same result.
    private @Nullable Parsed parsed;

    private record Parsed(Optional<ServiceInfo> service) {}

    MemberPicture(
            NodeIdentity identity,
            MemberState state,
            long heartbeat,
            long maxVersion,
            long lastGcVersion,
            KeyTable keys) {
        this.identity = identity;
        this.state = state;
        this.heartbeat = heartbeat;
        this.maxVersion = maxVersion;
        this.lastGcVersion = lastGcVersion;
        this.keys = keys;
    }

    static MemberPicture of(MemberSnapshot member) {
        NodeSnapshot node = member.node();
        return new MemberPicture(
                node.identity(),
                member.state(),
                node.heartbeat(),
                node.maxVersion(),
                node.lastGcVersion(),
                KeyTable.of(node.entries()));
    }

    /** A member as it is listed for the first time: dead and without keys, until later events tell more. */
    static MemberPicture joined(NodeIdentity identity) {
        return new MemberPicture(identity, MemberState.DEAD, 0, 0, 0, KeyTable.EMPTY);
    }

    MemberPicture with(MemberState newState) {
        if (newState == state) {
            return this;
        }
        MemberPicture next = new MemberPicture(identity, newState, heartbeat, maxVersion, lastGcVersion, keys);
        next.parsed = parsed;
        return next;
    }

    MemberPicture with(KeysPublication change) {
        List<KeyChange> changes = change.changes();
        KeyTable newKeys = (change.reset() ? KeyTable.EMPTY : keys).with(changes);
        MemberPicture next =
                new MemberPicture(identity, state, heartbeat, change.maxVersion(), change.lastGcVersion(), newKeys);
        if (!change.reset() && changes.stream().noneMatch(one -> one.key().equals(ServiceInfo.KEY))) {
            next.parsed = parsed;
        }
        return next;
    }

    /** {@return who it is} */
    public NodeIdentity identity() {
        return identity;
    }

    /** {@return what the publishing node thinks of it} */
    public MemberState state() {
        return state;
    }

    /** {@return whether it is live} */
    public boolean isLive() {
        return state == MemberState.LIVE;
    }

    /** {@return its heartbeat when the snapshot under this picture was taken, unsigned; publications do not carry it} */
    public long heartbeat() {
        return heartbeat;
    }

    /** {@return version of its latest change, unsigned} */
    public long maxVersion() {
        return maxVersion;
    }

    /** {@return greatest version among its collected entries, unsigned} */
    public long lastGcVersion() {
        return lastGcVersion;
    }

    /** {@return all its entries, tombstones and reserved keys included, in UTF-8 order of the keys; unmodifiable} */
    public List<KeyMutation> entries() {
        return keys.entries();
    }

    /**
     * Its entries whose keys begin with a prefix, tombstones and reserved keys included.
     *
     * @param prefix what the keys begin with; may be empty
     * @return in UTF-8 order of the keys; an unmodifiable view, found by binary search
     */
    public List<KeyMutation> entries(String prefix) {
        return keys.entries(prefix);
    }

    /** {@return how many keys it shows, tombstones and reserved keys not counted} */
    public int keyCount() {
        return keys.shown();
    }

    /**
     * Finds one entry, tombstones included.
     *
     * @param key the key
     * @return its entry; empty if there is none
     */
    public Optional<KeyMutation> entry(String key) {
        return keys.find(key);
    }

    /**
     * Reads one key.
     *
     * @param key the key
     * @return its value; empty if absent or deleted
     */
    public Optional<String> value(String key) {
        return entry(key)
                .filter(entry -> entry.status() != EntryStatus.TOMBSTONE)
                .map(KeyMutation::value);
    }

    /** {@return the service it offers; empty if none, or if its key {@code service} holds something else} */
    public Optional<ServiceInfo> service() {
        Parsed known = parsed;
        if (known == null) {
            known = new Parsed(value(ServiceInfo.KEY).flatMap(ServiceInfo::parse));
            parsed = known;
        }
        return known.service();
    }

    /** {@return the member without its keys} */
    public MemberSummary summary() {
        return new MemberSummary(identity, state, service().orElse(null), keyCount(), maxVersion, lastGcVersion);
    }

    @Override
    public String toString() {
        return identity + " " + state + " keys=" + keyCount() + " maxVersion=" + Long.toUnsignedString(maxVersion);
    }
}
