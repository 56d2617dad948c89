/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.VersionedValue;
import io.gossip.core.wire.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * Read and write access to a node's state, for the duration of one function given to
 * {@link Gossiper#withState}. Not to be kept.
 *
 * <p><b>Threads:</b> confined to the thread that runs the function.
 */
public interface ClusterAccess {
    /** {@return this node's identity} */
    NodeIdentity self();

    /** {@return the cluster's id} */
    String clusterId();

    /** {@return the version in which this node opens handshakes with live members now} */
    ProtocolVersion protocolVersion();

    /**
     * Sets one of this node's own keys. Setting an equal plain value changes nothing.
     *
     * @param key the key; may be empty
     * @param value the value; may be empty
     * @return what it did
     * @throws RefusedWriteException if the write must not be accepted
     */
    WriteResult set(String key, String value);

    /**
     * Sets one of this node's own keys to be collected when the tombstone grace period is over. An equal value with
     * that status changes nothing and is not prolonged.
     *
     * @param key the key; may be empty
     * @param value the value; may be empty
     * @return what it did
     * @throws RefusedWriteException if the write must not be accepted
     */
    WriteResult setWithTtl(String key, String value);

    /**
     * Deletes one of this node's own keys; a tombstone spreads the deletion. Nothing happens to an absent or deleted key.
     *
     * @param key the key
     * @return what it did
     * @throws RefusedWriteException if the key is reserved
     */
    WriteResult delete(String key);

    /**
     * Marks one of this node's own keys to be collected when the tombstone grace period is over; it stays readable
     * until then. Repeating it prolongs the time. Nothing happens to an absent or deleted key.
     *
     * @param key the key
     * @return what it did
     * @throws RefusedWriteException if the key is reserved
     */
    WriteResult deleteAfterTtl(String key);

    /**
     * Gives one of this node's own keys a new version without changing its value, so that everyone hears of it again.
     *
     * @param key the key
     * @return what it did
     * @throws RefusedWriteException if the key is reserved
     */
    WriteResult touch(String key);

    /**
     * Sets or deletes a key that starts with {@code gossip:}; for the layers of this product only.
     *
     * @param key starts with {@code gossip:}
     * @param value the value; empty optional to delete
     * @return what it did
     * @throws IllegalArgumentException if the key is not a reserved one
     */
    WriteResult setReserved(String key, Optional<String> value);

    /**
     * Reads one of this node's own keys.
     *
     * @param key the key
     * @return its value; empty if absent or deleted
     */
    Optional<String> get(String key);

    /**
     * Reads a key of any listed member, tombstones included.
     *
     * @param member whose key
     * @param key the key
     * @return the latest version; empty if the member or the key is unknown
     */
    Optional<VersionedValue> getVersioned(NodeIdentity member, String key);

    /**
     * Reads the visible keys of a listed member that start with a prefix.
     *
     * @param member whose keys
     * @param prefix may be empty
     * @return in UTF-8 order of the keys; empty if the member is unknown
     */
    List<KeyMutation> keys(NodeIdentity member, String prefix);

    /**
     * Copies the state of one listed member.
     *
     * @param member which
     * @return its state; empty if unknown
     */
    Optional<NodeSnapshot> node(NodeIdentity member);

    /** {@return the whole picture; unchanged members are shared with earlier snapshots} */
    ClusterSnapshot snapshot();

    /** {@return this node and all live members, in identity order} */
    List<NodeIdentity> liveNodes();

    /** {@return all listed members that are dead or left, in identity order} */
    List<NodeIdentity> deadNodes();

    /**
     * {@return those of the dead nodes that are dead for more than half of the grace period, in identity order: they are
     * still listed, but no longer passed on, and will be removed unless they are heard from again}
     */
    List<NodeIdentity> scheduledForDeletionNodes();

    /** {@return what the failure detector thinks of each listed member but this node, in identity order} */
    List<MemberVitals> vitals();

    /** {@return counters and gauges of the engine} */
    EngineStats stats();

    /**
     * Hands in a member's state that was obtained by other means (semantics §14). Replaces what is known if it is
     * newer: (last GC version, max version), compared in this order.
     *
     * @param member whose state; not this node
     * @param entries all entries of it, versions different and not above {@code maxVersion}
     * @param maxVersion unsigned
     * @param lastGcVersion unsigned
     * @return whether it was newer and is now in place
     * @throws IllegalArgumentException if the entries are inconsistent or the member is this node
     */
    boolean resetNodeStateIfUpdate(NodeIdentity member, List<KeyMutation> entries, long maxVersion, long lastGcVersion);

    /**
     * Takes a dead or left member off the list now. Its digest entry stays until it is scheduled for deletion.
     *
     * @param member which
     * @return false if it is unknown, or live
     */
    boolean remove(NodeIdentity member);
}
