/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may talk to this member, and for whom. */
final class Doorkeeper {
    private final PeerId self;
    private final String clusterId;
    private final Supplier<@Nullable MessagingTls> tls;
    private final Supplier<PeerDirectory> directory;

    Doorkeeper(PeerId self, String clusterId, Supplier<@Nullable MessagingTls> tls, Supplier<PeerDirectory> directory) {
        this.self = self;
        this.clusterId = clusterId;
        this.tls = tls;
        this.directory = directory;
    }

    /** Why somebody who says hello must go; null if it may stay. */
    @Nullable
    String objection(Connection connection, Frame.Hello hello) {
        PeerId peer = hello.peer();
        if (!hello.clusterId().equals(clusterId)) {
            return "cluster '" + clusterId + "' here, not '" + hello.clusterId() + "'";
        }
        if (peer.nodeId().equals(self.nodeId())) {
            return "that node id is this member's own";
        }
        if (!directory.get().isLive(peer)) {
            return peer + " is not known here as a live member that takes messages";
        }
        MessagingTls files = tls.get();
        return files == null ? null : PeerIdentity.objection(connection.socket(), peer.nodeId(), files);
    }

    /** Whether messages of others come over a connection. */
    boolean isShared(Connection connection) {
        Frame.Hello hello = connection.hello();
        Peer peer = hello == null ? null : directory.get().live().get(hello.peer());
        return peer != null && peer.isProxy();
    }

    /** Whether a frame may say that it is from that one: only proxies speak for others. Closes the connection of a liar. */
    boolean mayName(Connection connection, PeerId speaker) {
        Frame.Hello hello = connection.hello();
        if (hello == null) {
            return false;
        }
        PeerDirectory peers = directory.get();
        Peer peer = peers.live().get(hello.peer());
        if (peer == null) { // what it says now would be lost, and it would not know
            connection.close(hello.peer() + " is no longer known here as a live member that takes messages");
            return false;
        }
        if (speaker.equals(hello.peer())) {
            return true;
        }
        if (!peer.isProxy()) {
            connection.close(hello.peer() + " speaks for " + speaker);
            return false;
        }
        return peers.isLive(speaker);
    }
}
