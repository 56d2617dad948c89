/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/** One engine among enemies: every step is chosen by the feed, and after every step all that must always hold is checked. */
final class HostileRun {
    private static final int MAX_MEMBERS = 24;
    private static final long MAX_STATE_BYTES = 1 << 20;

    private final ByteFeed feed;
    private final HostileWorld world;
    private final GossipConfig config;
    private final Gossiper engine;
    private final MessageCodec strict = new MessageCodec(1 << 24, new IdentityTable());
    private final Map<String, String> ownKeys = new HashMap<>();
    private final EventReplica replica;
    private boolean isLeaving;
    private long nowNanos;

    HostileRun(byte[] bytes) {
        feed = new ByteFeed(bytes);
        world = new HostileWorld(feed);
        nowNanos = feed.below(2) == 0 ? 0 : Long.MAX_VALUE - 5_000_000_000L;
        config = GossipConfig.builder(HostileWorld.SELF, "test")
                .gossipInterval(Duration.ofMillis(100))
                .detector(new DetectorSettings(8.0, 1000, Duration.ofSeconds(10), Duration.ofMillis(100)))
                .tombstoneGrace(Duration.ofSeconds(3))
                .deadNodeGrace(Duration.ofSeconds(20))
                .maxMembers(MAX_MEMBERS)
                .deadNodeMemory(10)
                .maxStateBytes(MAX_STATE_BYTES)
                .maxStreamBytes(65_535)
                .maxDatagramBytes(feed.oneOf(List.of(512, 1_200, 9_000, 65_507)))
                .replyLimitBytes(feed.oneOf(List.of(0, 2_000, 1 << 20)))
                .profile(feed.oneOf(List.of(Profile.values())))
                .protocolVersion(feed.oneOf(List.of(ProtocolVersion.values())))
                .solicitedAnswersOnly(feed.below(4) == 3)
                .livenessPredicate(node -> {
                    if (node.entries().size() == 2) {
                        throw new IllegalStateException("predicate\nfailed");
                    }
                    return node.maxVersion() % 2 == 0;
                })
                .build();
        engine = new Gossiper(config, Map.of("a", "1"), new Random(feed.octet()), nowNanos);
        ownKeys.put("a", "1");
        replica = new EventReplica(with(ClusterAccess::snapshot));
    }

    void run() {
        while (!feed.isEmpty()) {
            act();
            check();
        }
    }

    private void act() {
        int choice = feed.octet();
        if (choice < 170) {
            handle(new Input.Received(world.datagram(), world.source()));
        } else if (choice < 215) {
            nowNanos += 100_000_000;
            handle(new Input.RoundDue());
        } else if (choice < 225) {
            nowNanos += feed.octet() * 1_000_000L;
        } else if (choice < 228) {
            nowNanos += feed.octet() * 100_000_000L;
        } else if (choice < 240) {
            writeOwnKey();
        } else if (choice < 243) {
            handle(new Input.SeedNodesResolved(feed.below(2) == 0 ? Set.of() : Set.of(world.source())));
        } else if (choice < 246) {
            with(a -> {
                a.deadNodes().forEach(a::remove);
                return true;
            });
        } else if (choice < 252) {
            handInState();
        } else if (choice < 255) {
            handle(new Input.GossipRequested(world.source()));
        } else {
            isLeaving = true;
            handle(new Input.LeaveRequested());
        }
    }

    private void writeOwnKey() {
        String key = feed.oneOf(List.of("a", "b", "c"));
        switch (feed.below(4)) {
            case 0, 1 -> {
                String value = "v" + feed.below(3);
                with(a -> a.set(key, value));
                ownKeys.put(key, value);
            }
            case 2 -> {
                with(a -> a.delete(key));
                ownKeys.remove(key);
            }
            default -> with(a -> a.touch(key));
        }
    }

    private void handInState() {
        NodeIdentity identity = world.identity();
        long gc = feed.number(0);
        long max = feed.number(100);
        Step<Boolean> step =
                engine.withState(a -> a.resetNodeStateIfUpdate(identity, world.mutations(), max, gc), nowNanos);
        perform(step.effects());
        if (step.failure() != null) {
            assertThat(step.failure()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void handle(Input input) {
        perform(engine.handle(input, nowNanos));
    }

    private <T> T with(java.util.function.Function<ClusterAccess, T> function) {
        Step<T> step = engine.withState(function, nowNanos);
        assertThat(step.failure()).isNull();
        perform(step.effects());
        return java.util.Objects.requireNonNull(step.value());
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Changed changed) {
                replica.apply(changed.event());
            } else if (effect instanceof Effect.Send send) {
                assertThat(send.datagram().length).isLessThanOrEqualTo(config.maxDatagramBytes());
                assertThat(send.target()).isNotEqualTo(config.self().gossipAddress());
                assertThat(strict.decode(send.datagram())).isInstanceOf(Envelope.class);
            } else if (effect instanceof Effect.Notice notice) {
                assertThat(notice.text()).hasSizeLessThan(1_000);
                assertThat(notice.text().chars().noneMatch(Character::isISOControl))
                        .as("one line for the log: " + notice.text())
                        .isTrue();
            }
        }
    }

    private void check() {
        ClusterSnapshot snapshot = with(ClusterAccess::snapshot);
        assertThat(replica.matches(snapshot)).as("events lead to the snapshot").isTrue();
        assertThat(snapshot.members().size()).isLessThanOrEqualTo(MAX_MEMBERS);
        assertThat(with(ClusterAccess::liveNodes)).contains(config.self());
        assertThat(ownKeys()).isEqualTo(ownKeys);
        checkVersions(snapshot);
        checkStats();
    }

    private Map<String, String> ownKeys() {
        Map<String, String> held = new HashMap<>();
        with(a -> a.keys(a.self(), "")).forEach(m -> held.put(m.key(), m.value()));
        if (isLeaving) {
            assertThat(held.remove(ReservedKeys.STATE)).isEqualTo(ReservedKeys.LEAVING);
        }
        return held;
    }

    private static void checkVersions(ClusterSnapshot snapshot) {
        for (MemberSnapshot member : snapshot.members()) {
            Set<Long> versions = new HashSet<>();
            member.node().entries().forEach(e -> {
                assertThat(versions.add(e.version())).isTrue();
                assertThat(Long.compareUnsigned(e.version(), member.node().maxVersion()))
                        .isNotPositive();
            });
        }
    }

    private void checkStats() {
        EngineStats stats = with(ClusterAccess::stats);
        assertThat(stats.hearsay()).isBetween(0, MAX_MEMBERS);
        assertThat(stats.stateBytes()).isLessThanOrEqualTo(MAX_STATE_BYTES + 300_000); // handed in ones are not bounded
        assertThat(LongStream.of(
                        stats.rounds(),
                        stats.badClusters(),
                        stats.membersCapped(),
                        stats.deltaEntriesSent(),
                        stats.deltaEntriesApplied(),
                        stats.nodeDeltasRejected(),
                        stats.nodeDeltasIgnored(),
                        stats.stateCapped(),
                        stats.resets(),
                        stats.digestBytes(),
                        stats.digestsPartial(),
                        stats.keys(),
                        stats.stateBytes(),
                        stats.repliesLimited(),
                        stats.heartbeatJumps(),
                        stats.implausibleClaims(),
                        stats.oversizedNodeIds(),
                        stats.noticesWithheld(),
                        stats.renumberings(),
                        stats.harmfulKeysHeld()))
                .allMatch(counter -> counter >= 0);
    }
}
