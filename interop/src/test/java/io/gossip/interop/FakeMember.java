/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.NodeDigest;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Only beats: enough to be taken for live by the one member it talks to. */
final class FakeMember implements AutoCloseable {
    private static final long BEAT_MILLIS = 30;

    private final Stranger voice;
    private final NodeIdentity identity;
    private final GossipAddress target;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fake member");
        thread.setDaemon(true);
        return thread;
    });
    private long heartbeat;

    /** Returns once {@code peer} takes it for live. */
    static FakeMember liveAt(Peer peer, Setting setting) {
        FakeMember fake = new FakeMember(new Stranger(setting), peer.address());
        Future<?> beating = fake.beats.scheduleAtFixedRate(fake::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        Await.until(() -> {
            assertThat(beating).as("the fake member still beats").isNotDone();
            assertThat(peer.view().live()).contains(fake.identity);
        });
        return fake;
    }

    private FakeMember(Stranger voice, GossipAddress target) {
        this.voice = voice;
        this.identity = new NodeIdentity("fake", 1, voice.address());
        this.target = target;
    }

    NodeIdentity identity() {
        return identity;
    }

    /** The socket it speaks from. */
    Stranger voice() {
        return voice;
    }

    private void beat() {
        heartbeat++;
        voice.syn(target, List.of(new NodeDigest(identity, heartbeat, 0, 0)));
    }

    @Override
    public void close() {
        beats.shutdownNow();
        voice.close();
    }
}
