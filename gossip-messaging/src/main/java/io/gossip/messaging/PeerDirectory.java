/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.messaging.frame.PeerId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes messages, according to one picture of the cluster. This member itself is not among them. */
final class PeerDirectory {
    /** Nobody. */
    static final PeerDirectory EMPTY = new PeerDirectory();

    private final Map<PeerId, Peer> live = new LinkedHashMap<>();
    private final Map<PeerId, MemberState> known = new HashMap<>();
    private final Map<String, PeerId> liveByNodeId = new HashMap<>();

    private PeerDirectory() {}

    static PeerDirectory of(ClusterPicture picture) {
        PeerDirectory directory = new PeerDirectory();
        NodeIdentity self = picture.self();
        for (MemberPicture member : picture.members()) {
            if (!member.identity().equals(self)) {
                directory.add(member);
            }
        }
        return directory;
    }

    // Members come in identity order, so of several live generations the greatest is the one found by node id.
    private void add(MemberPicture member) {
        PeerId id = PeerId.of(member.identity());
        known.put(id, member.state());
        if (member.isLive()) {
            member.value(Advertisement.KEY).flatMap(Advertisement::parse).ifPresent(advertisement -> {
                live.put(id, advertisement.peer(member.identity()));
                liveByNodeId.put(id.nodeId(), id);
            });
        }
    }

    /** All that are live and advertise where they answer, proxies included; a live view. */
    Map<PeerId, Peer> live() {
        return live;
    }

    boolean isLive(PeerId peer) {
        return live.containsKey(peer);
    }

    /** Whether it is silent but may come back; not so for one that left, was removed or has a live successor. */
    boolean mayReturn(PeerId peer) {
        MemberState state = known.get(peer);
        return state != null && state != MemberState.LEFT && !liveByNodeId.containsKey(peer.nodeId());
    }

    @Nullable
    Peer liveByNodeId(String nodeId) {
        PeerId id = liveByNodeId.get(nodeId);
        return id == null ? null : live.get(id);
    }
}
