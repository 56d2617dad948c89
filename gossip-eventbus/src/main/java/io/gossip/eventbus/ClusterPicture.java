/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one node saw it after one publication.
 *
 * <p>Pictures share what did not change: applying a publication copies the parts of the list of members and, of a member
 * whose keys changed, of its key table in which something did.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class ClusterPicture {
    private final long sequence;
    private final String clusterId;
    private final NodeIdentity self;
    private final MemberTable members;
    private final List<GossipAddress> seedAddresses;
    private final List<String> requiredKeys;

    // Made on demand; two threads may both do so, to the same result.
    private volatile @Nullable ServiceIndex services;

    ClusterPicture(
            long sequence,
            String clusterId,
            NodeIdentity self,
            MemberTable members,
            List<GossipAddress> seedAddresses,
            List<String> requiredKeys) {
        this.sequence = sequence;
        this.clusterId = clusterId;
        this.self = self;
        this.members = members;
        this.seedAddresses = List.copyOf(seedAddresses);
        this.requiredKeys = List.copyOf(requiredKeys);
    }

    /**
     * A picture of a snapshot in which every live member is ready.
     *
     * @param sequence the publication up to which it is true; 0 before the first
     * @param snapshot what the node sees
     * @return the picture; costs one small object for each member and each 256 of its keys
     */
    public static ClusterPicture of(long sequence, ClusterSnapshot snapshot) {
        return of(sequence, snapshot, List.of());
    }

    /**
     * A picture of a snapshot.
     *
     * @param sequence the publication up to which it is true; 0 before the first
     * @param snapshot what the node sees
     * @param requiredKeys keys that a live member must show to be ready
     * @return the picture; costs one small object for each member and each 256 of its keys
     */
    public static ClusterPicture of(long sequence, ClusterSnapshot snapshot, List<String> requiredKeys) {
        List<MemberPicture> members = new ArrayList<>(snapshot.members().size());
        snapshot.members().forEach(member -> members.add(MemberPicture.of(member)));
        return new ClusterPicture(
                sequence,
                snapshot.clusterId(),
                snapshot.self(),
                MemberTable.of(members),
                snapshot.seedAddresses(),
                requiredKeys);
    }

    /**
     * The picture after one publication. Members it does not know are ignored.
     *
     * @param publication the one that follows {@link #sequence()}
     * @return the next picture
     * @throws IllegalArgumentException if the publication is another than the next
     */
    public ClusterPicture after(ClusterPublication publication) {
        if (publication.sequence() != sequence + 1) {
            throw new IllegalArgumentException(
                    "publication " + publication.sequence() + " does not follow picture " + sequence);
        }
        if (publication instanceof MembersPublication change) {
            return next(change.sequence(), membersAfter(change));
        }
        if (publication instanceof KeysPublication change) {
            return after(change);
        }
        throw new AssertionError("unhandled publication: " + publication);
    }

    /** {@return the sequence of the last publication it contains; 0 before the first} */
    public long sequence() {
        return sequence;
    }

    /** {@return the cluster} */
    public String clusterId() {
        return clusterId;
    }

    /** {@return the node whose picture this is} */
    public NodeIdentity self() {
        return self;
    }

    /** {@return all listed members, this node included, in identity order; unmodifiable} */
    public List<MemberPicture> members() {
        return members;
    }

    /** {@return addresses of the seed nodes when the snapshot under this picture was taken, in address order} */
    public List<GossipAddress> seedAddresses() {
        return seedAddresses;
    }

    /**
     * Finds a member.
     *
     * @param identity who
     * @return the member; empty if it is not listed
     */
    public Optional<MemberPicture> member(NodeIdentity identity) {
        int at = members.indexOf(identity);
        return at < 0 ? Optional.empty() : Optional.of(members.get(at));
    }

    /**
     * Finds the member with a node id; of several generations the highest.
     *
     * @param nodeId the name
     * @return the member; empty if none of that name is listed
     */
    public Optional<MemberPicture> member(String nodeId) {
        return members.latest(nodeId);
    }

    /** {@return the live members, this node included, in identity order; a fresh list, made by one pass over all} */
    public List<MemberPicture> liveMembers() {
        return members.stream().filter(MemberPicture::isLive).toList();
    }

    /** {@return keys that a live member must show to be ready; as configured at the node whose picture this is} */
    public List<String> requiredKeys() {
        return requiredKeys;
    }

    /**
     * Tells whether a member is ready: it is live and shows all {@link #requiredKeys()}. Members are listed before their
     * keys have arrived, so whoever hands work to members asks for the ready ones.
     *
     * @param member one of this picture
     * @return whether it is
     */
    public boolean isReady(MemberPicture member) {
        return member.isLive()
                && requiredKeys.stream().allMatch(key -> member.value(key).isPresent());
    }

    /** {@return the ready members, in identity order; a fresh list, made by one pass over all} */
    public List<MemberPicture> readyMembers() {
        return members.stream().filter(this::isReady).toList();
    }

    /** {@return the services that ready members offer: by type, sorted, the providers in identity order; unmodifiable} */
    public Map<String, List<ServiceProvider>> services() {
        return index().byType();
    }

    /**
     * Finds the ready members that offer a type of service. The first such question to a picture passes over all members.
     *
     * @param type the type, known here or not
     * @return in identity order; empty if nobody offers it
     */
    public List<ServiceProvider> providers(String type) {
        return index().providers(type);
    }

    /**
     * Finds the ready members that offer one shard of a type of service.
     *
     * @param type the type, known here or not
     * @param shard the shard; 0 for types that are not sharded
     * @return in identity order; empty if nobody offers it
     */
    public List<ServiceProvider> providers(String type, long shard) {
        return providers(type).stream()
                .filter(provider -> provider.service().shard() == shard)
                .toList();
    }

    /** {@return the live members that offer no service, in identity order; a fresh list, made by one pass over all} */
    public List<MemberPicture> spectators() {
        return members.stream()
                .filter(member -> member.isLive() && member.service().isEmpty())
                .toList();
    }

    /**
     * The picture as JSON, whole: {@code {"sequence","cluster_id","self":ID,"members":[{"id":ID,"state","heartbeat",
     * "max_version","last_gc_version","entries":[{"key","value","version","status"}…]}…],"seed_addrs":[…],"required_keys":[…]}}.
     *
     * @return the JSON; costs time and memory in proportion to all keys
     */
    public JsonObject toJson() {
        return PictureJson.write(this);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the picture
     * @return the picture
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static ClusterPicture fromJson(JsonObject json) {
        return PictureJson.read(json);
    }

    @Override
    public String toString() {
        return clusterId + " #" + Long.toUnsignedString(sequence) + " " + members;
    }

    private ClusterPicture next(long newSequence, MemberTable newMembers) {
        return new ClusterPicture(newSequence, clusterId, self, newMembers, seedAddresses, requiredKeys);
    }

    private MemberTable membersAfter(MembersPublication change) {
        MemberTable changed = withJoined(change.joined());
        changed = withState(changed, change.alive(), MemberState.LIVE);
        changed = withState(changed, change.dead(), MemberState.DEAD);
        changed = withState(changed, change.left(), MemberState.LEFT);
        if (change.removed().isEmpty()) {
            return changed;
        }
        Set<NodeIdentity> removed = Set.copyOf(change.removed());
        return MemberTable.of(changed.stream()
                .filter(member -> !removed.contains(member.identity()))
                .toList());
    }

    private MemberTable withJoined(List<NodeIdentity> joined) {
        List<MemberPicture> unknown = joined.stream()
                .distinct()
                .filter(identity -> members.indexOf(identity) < 0)
                .map(MemberPicture::joined)
                .toList();
        return unknown.isEmpty()
                ? members
                : MemberTable.of(
                        Stream.concat(members.stream(), unknown.stream()).toList());
    }

    private static MemberTable withState(MemberTable members, List<NodeIdentity> changed, MemberState state) {
        MemberTable result = members;
        for (NodeIdentity identity : changed) {
            int at = result.indexOf(identity);
            if (at >= 0) {
                result = result.with(at, result.get(at).with(state));
            }
        }
        return result;
    }

    private ClusterPicture after(KeysPublication change) {
        int at = members.indexOf(change.node());
        if (at < 0) {
            return next(change.sequence(), members);
        }
        MemberPicture before = members.get(at);
        MemberPicture after = before.with(change);
        ClusterPicture next = next(change.sequence(), members.with(at, after));
        ServiceIndex known = services;
        if (known != null
                && isReady(before) == next.isReady(after)
                && before.service().equals(after.service())) {
            next.services = known;
        }
        return next;
    }

    private ServiceIndex index() {
        ServiceIndex known = services;
        if (known == null) {
            known = ServiceIndex.of(this);
            services = known;
        }
        return known;
    }
}
