/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.transport.GossipNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Members write, are killed, leave and come back, while views follow one of them, which is itself restarted now and
 * then: at every sequence at which the node is asked, every view had the same picture.
 *
 * <p>By default 600 rounds of 20 ms, as many as ten minutes have at the default interval; with
 * {@code -Dgossip.followSeconds=600} ten minutes by the clock.
 */
class RestartsTest {
    private static final int MEMBERS = 5;
    private static final long FOLLOW_SECONDS = Long.getLong("gossip.followSeconds", 12);
    private static final int FOLLOWED_PORT = 7_100;

    private final long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
    private final Random random = new Random(randomSeed);
    private final Neighbourhood neighbourhood = new Neighbourhood(randomSeed);
    private final Map<Integer, GossipNode> running = new HashMap<>();
    private final Counts counts = new Counts();
    private @Nullable ClusterPicture last;

    /** What happened, so that whoever reads the output knows that it was not nothing. */
    private static final class Counts {
        private int operations;
        private int kills;
        private int leaves;
        private int starts;
        private int restartsOfTheFollowed;
        private int checks;
        private long sequences;
        private boolean late;
        private final AtomicInteger resets = new AtomicInteger();

        /** On a busy machine the time may be over before much has happened. */
        private boolean areEnough() {
            return kills > 0 && leaves > 0 && restartsOfTheFollowed > 0 && checks >= 100;
        }

        /** What is seldom is not left to chance once the time is over. */
        private boolean isMissing(int count) {
            return late && count == 0;
        }

        @Override
        public String toString() {
            return operations + " operations, " + kills + " kills, " + leaves + " leaves, " + starts + " starts, "
                    + restartsOfTheFollowed + " restarts of the followed member, " + sequences + " publications, "
                    + resets + " resets, " + checks + " pictures compared";
        }
    }

    /** All pictures that one view had, by start of the node and sequence, until they are compared. */
    private static final class Recorder {
        private record At(long generation, long sequence) implements Comparable<At> {
            @Override
            public int compareTo(At other) {
                int order = Long.compare(generation, other.generation);
                return order != 0 ? order : Long.compare(sequence, other.sequence);
            }
        }

        private final ClusterView view;
        private final ConcurrentSkipListMap<At, ClusterPicture> pictures = new ConcurrentSkipListMap<>();

        private Recorder(ClusterView view, Counts counts) {
            this.view = view;
            view.onChange(this::record);
            view.onReset(picture -> counts.resets.incrementAndGet());
            record(view.current());
        }

        private void record(ClusterPicture picture) {
            pictures.put(at(picture), picture);
        }

        private ClusterPicture at(ClusterPicture truth, long seed) {
            At at = at(truth);
            Waiting.until(view, picture -> at(picture).compareTo(at) >= 0);
            ClusterPicture then = pictures.get(at);
            if (then == null) {
                throw new AssertionError("random seed " + seed + ": the view never was at " + at + ", but at "
                        + pictures.lowerKey(at) + " and " + pictures.higherKey(at));
            }
            pictures.headMap(at).clear();
            return then;
        }

        private static At at(ClusterPicture picture) {
            return new At(picture.self().generation(), picture.sequence());
        }
    }

    @Test
    @Timeout(900)
    void everyViewEqualsTheNodeAtEverySequence() {
        System.out.println("RestartsTest: random seed " + randomSeed + ", " + FOLLOW_SECONDS + " s");
        neighbourhood.network.loss(0.05).reordering(0.1);
        String followed = neighbourhood.deploy(followedOptions());
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            recorders.add(new Recorder(neighbourhood.view("followed"), counts));
        }
        long end = System.nanoTime() + Duration.ofSeconds(FOLLOW_SECONDS).toNanos();
        while (System.nanoTime() - end < 0 || !counts.areEnough()) {
            counts.late = System.nanoTime() - end >= 0;
            if (random.nextInt(2_000) == 0 || counts.isMissing(counts.restartsOfTheFollowed)) {
                Waiting.result(neighbourhood.vertx.undeploy(followed));
                followed = neighbourhood.deploy(followedOptions());
                counts.restartsOfTheFollowed++;
            }
            operate();
            if (random.nextInt(4) == 0) {
                compare(recorders);
            }
        }
        compare(recorders);
        running.values().forEach(node -> Waiting.result(node.abort()));
        neighbourhood.close();
        System.out.println("RestartsTest: " + counts);
    }

    private void compare(List<Recorder> recorders) {
        ClusterPicture truth = Waiting.result(neighbourhood.service("followed").snapshot());
        counts.sequences += truth.sequence() - lastSequence(truth);
        last = truth;
        List<String> expected = Samples.told(truth);
        for (Recorder recorder : recorders) {
            assertThat(Samples.told(recorder.at(truth, randomSeed)))
                    .as("random seed %d, sequence %d", randomSeed, truth.sequence())
                    .isEqualTo(expected);
            counts.checks++;
        }
    }

    private long lastSequence(ClusterPicture truth) {
        return last != null && last.self().equals(truth.self()) ? last.sequence() : 0;
    }

    private void operate() {
        counts.operations++;
        int member = random.nextInt(MEMBERS);
        @Nullable GossipNode node = running.get(member);
        if (node == null) {
            running.put(member, start(member));
            counts.starts++;
        } else if (random.nextInt(150) == 0 || counts.isMissing(counts.kills)) {
            running.remove(member);
            Waiting.result(node.abort()); // no goodbye
            counts.kills++;
        } else if (random.nextInt(400) == 0 || counts.isMissing(counts.leaves)) {
            running.remove(member);
            Waiting.result(node.close());
            counts.leaves++;
        } else {
            write(node);
        }
    }

    private GossipNode start(int member) {
        Future<GossipNode> started = GossipNode.start(
                neighbourhood.vertx,
                Neighbourhood.hastyOptions("m" + member, 7_001 + member).getNode(),
                Map.of("started", "" + counts.operations),
                neighbourhood.network.transport());
        return Waiting.result(started);
    }

    private void write(GossipNode node) {
        String key = "k" + random.nextInt(40);
        Function<ClusterAccess, Object> write = switch (random.nextInt(7)) {
            case 0 -> access -> access.delete(key);
            case 1 -> access -> access.deleteAfterTtl(key);
            case 2 -> access -> access.setWithTtl(key, "t");
            case 3 -> access -> access.touch(key);
            default -> access -> access.set(key, "v" + counts.operations);
        };
        if (random.nextInt(5) == 0) {
            Waiting.result(neighbourhood.service("followed").set(key, "own" + counts.operations));
        }
        Waiting.result(node.withState(write));
    }

    private static GossipOptions followedOptions() {
        return Neighbourhood.hastyOptions("followed", FOLLOWED_PORT);
    }
}
