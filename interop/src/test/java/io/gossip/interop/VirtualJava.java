/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.Effect;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Input;
import io.gossip.core.engine.Step;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An engine of ours. */
final class VirtualJava implements VirtualMember {
    private final Gossiper gossiper;
    private final Duration interval;
    private final List<Letter> outbox = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private Duration nextRound = Duration.ZERO;

    private VirtualJava(Gossiper gossiper) {
        this.gossiper = gossiper;
        this.interval = gossiper.config().gossipInterval();
    }

    /** Starts one and runs its first round; what it sends in it comes with the first answer. */
    static VirtualJava start(PeerOptions options, Random random) {
        NodeIdentity identity = new NodeIdentity(
                options.nodeId, options.generation, GossipAddress.parse(options.host + ":" + options.port));
        // The reference's rule: ours would call a member dead at other moments.
        DetectorSettings detector = new DetectorSettings(
                options.phiThreshold,
                DetectorSettings.DEFAULT.samplingWindow(),
                DetectorSettings.DEFAULT.maxInterval(),
                options.initialInterval,
                DetectorRule.REFERENCE);
        GossipConfig config = GossipConfig.builder(identity, options.clusterId)
                .protocolVersion(options.protocol)
                .gossipInterval(options.interval)
                .detector(detector)
                .tombstoneGrace(options.tombstoneGrace)
                .deadNodeGrace(options.deadNodeGrace)
                .replyLimitBytes(options.replyLimitBytes)
                .build();
        VirtualJava member = new VirtualJava(new Gossiper(config, options.keyValues, random, 0));
        member.perform(new Input.SeedNodesResolved(
                options.seedNodes.stream().map(GossipAddress::parse).collect(Collectors.toSet())));
        member.runRoundIfDue();
        return member;
    }

    @Override
    public List<Letter> receive(Letter letter) {
        perform(new Input.Received(letter.datagram(), letter.from()));
        return drain();
    }

    @Override
    public List<Letter> advance(Duration step, int times) {
        for (int i = 0; i < times; i++) {
            now = now.plus(step);
            runRoundIfDue();
        }
        return drain();
    }

    private void runRoundIfDue() {
        if (now.compareTo(nextRound) >= 0) {
            nextRound = nextRound.plus(interval);
            perform(new Input.RoundDue());
        }
    }

    private void perform(Input input) {
        for (Effect effect : gossiper.handle(input, now.toNanos())) {
            if (effect instanceof Effect.Send send) {
                outbox.add(new Letter(address(), send.target(), send.datagram()));
            }
        }
    }

    private List<Letter> drain() {
        List<Letter> letters = List.copyOf(outbox);
        outbox.clear();
        return letters;
    }

    @Override
    public NodeIdentity identity() {
        return gossiper.config().self();
    }

    @Override
    public View view() {
        View[] view = new View[1];
        access(state -> view[0] = View.of(state.snapshot()));
        return view[0];
    }

    @Override
    public void set(String key, String value) {
        access(state -> state.set(key, value));
    }

    @Override
    public void setWithTtl(String key, String value) {
        access(state -> state.setWithTtl(key, value));
    }

    @Override
    public void delete(String key) {
        access(state -> state.delete(key));
    }

    @Override
    public void deleteAfterTtl(String key) {
        access(state -> state.deleteAfterTtl(key));
    }

    private void access(Consumer<ClusterAccess> action) {
        Step<Boolean> step = gossiper.withState(
                state -> {
                    action.accept(state);
                    return true;
                },
                now.toNanos());
        if (step.failure() != null) {
            throw step.failure();
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return identity() + " (Java)";
    }
}
