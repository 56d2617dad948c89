/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of one test; whatever it started ends with it. */
final class Cluster implements AutoCloseable {
    private final Path rustProgram;
    private final List<Runnable> closers = new ArrayList<>();

    Cluster(Path rustProgram) {
        this.rustProgram = rustProgram;
    }

    RustPeer rust(PeerOptions options) {
        RustPeer peer = RustPeer.start(rustProgram, options);
        atTheEnd(peer::close);
        return peer;
    }

    JavaPeer java(PeerOptions options) {
        JavaPeer peer = JavaPeer.start(options);
        atTheEnd(peer::close);
        return peer;
    }

    /** A Rust member whose clock and network are the test. */
    VirtualMember virtualRust(PeerOptions options) {
        VirtualRust member = VirtualRust.start(rustProgram, options);
        atTheEnd(member::close);
        return member;
    }

    /** Remembers how to end something that the test started otherwise. */
    void atTheEnd(Runnable closer) {
        closers.add(closer);
    }

    /** Waits until each of these takes exactly all of these for live. */
    static void awaitAllLive(Peer... peers) {
        Await.until(() -> assertAllLive(peers));
    }

    static void assertAllLive(Peer... peers) {
        Set<NodeIdentity> all = List.of(peers).stream().map(Peer::identity).collect(Collectors.toSet());
        for (Peer peer : peers) {
            assertThat(peer.view().live()).as("live to %s", peer).isEqualTo(all);
        }
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
