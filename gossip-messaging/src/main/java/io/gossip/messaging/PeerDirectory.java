/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.HttpAddress;
import io.gossip.eventbus.MemberPicture;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who takes messages, according to one picture of the cluster. This member itself is not among them. */
final class PeerDirectory {
    /** Nobody. */
    static final PeerDirectory EMPTY = new PeerDirectory();

    private final Map<PeerId, Peer> live = new LinkedHashMap<>();
    private final Map<PeerId, MemberState> known = new HashMap<>(); // run 0: whichever talk
    private final Map<PeerId, Long> runs = new HashMap<>();
    private final Map<String, PeerId> liveByNodeId = new HashMap<>();
    private Set<PeerId> talking = Set.of();
    private final Set<HostPort> named = new HashSet<>();
    private int maxPayloadBytesOfProxies = Peer.NOT_SAID;

    private PeerDirectory() {}

    static PeerDirectory of(ClusterPicture picture) {
        PeerDirectory directory = new PeerDirectory();
        NodeIdentity self = picture.self();
        for (MemberPicture member : picture.members()) {
            if (!member.identity().equals(self)
                    && FrameCodec.canName(member.identity().nodeId())) {
                directory.add(member);
            }
        }
        directory.talking = directory.live.values().stream()
                .filter(peer -> !peer.isProxy())
                .map(Peer::id)
                .collect(Collectors.toUnmodifiableSet());
        return directory;
    }

    // Members come in identity order, so of several live generations the greatest is the one found by node id.
    private void add(MemberPicture member) {
        PeerId anyRun = PeerId.of(member.identity(), 0);
        known.put(anyRun, member.state());
        member.value(Advertisement.KEY).flatMap(Advertisement::parse).ifPresent(advertisement -> {
            Peer peer = advertisement.peer(member.identity(), http(member));
            runs.put(anyRun, peer.run());
            if (member.isLive()) {
                live.put(peer.id(), peer);
                liveByNodeId.put(peer.id().nodeId(), peer.id());
                named.add(peer.address());
                named.addAll(peer.proxies());
                if (peer.isProxy()) {
                    maxPayloadBytesOfProxies = Math.min(maxPayloadBytesOfProxies, peer.maxPayloadBytes());
                }
            }
        });
    }

    private static @Nullable HttpAddress http(MemberPicture member) {
        return member.value(ReservedKeys.HTTP).flatMap(HttpAddress::parse).orElse(null);
    }

    /** All that are live and advertise where they answer, proxies included; a live view. */
    Map<PeerId, Peer> live() {
        return live;
    }

    /** All that are live and are no proxies: who gets what is for all. Immutable. */
    Set<PeerId> talking() {
        return talking;
    }

    boolean isLive(PeerId peer) {
        return live.containsKey(peer);
    }

    /** Whether it is silent but may come back; not so for one that left, was removed or talks anew. */
    boolean mayReturn(PeerId peer) {
        PeerId member = new PeerId(peer.nodeId(), peer.generation(), 0);
        MemberState state = known.get(member);
        return state != null
                && state != MemberState.LEFT
                && runs.getOrDefault(member, peer.run()) == peer.run()
                && !liveByNodeId.containsKey(peer.nodeId());
    }

    /** Whether a live member says that it, or a proxy of its, is at an address. */
    boolean isNamed(HostPort address) {
        return named.contains(address);
    }

    /** The largest payload that a peer takes, in bytes. */
    int maxPayloadBytes(PeerId peer) {
        Peer known = live.get(peer);
        return known == null ? Peer.NOT_SAID : known.maxPayloadBytes();
    }

    /** The largest payload that every proxy passes on, in bytes: what is for somebody behind proxies may meet each of them. */
    int maxPayloadBytesOfProxies() {
        return maxPayloadBytesOfProxies;
    }

    @Nullable
    PeerId liveByNodeId(String nodeId) {
        return liveByNodeId.get(nodeId);
    }
}
