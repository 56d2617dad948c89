/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Counts what happens in a run, and folds all of it into one fingerprint. */
final class Measurements {
    private static final int BUCKETS = 240;
    private static final int TRACKED_WRITES = 8;
    private static final int KEPT_DETECTIONS = 100_000;
    private static final int KEPT_ACCUSATIONS = 100_000;

    /** A write whose spreading is followed. */
    private static final class TrackedWrite {
        final String label;
        final long atNanos;
        final NodeIdentity owner;
        final long version;
        final BitSet knownBy = new BitSet();
        final List<double[]> points = new ArrayList<>();

        TrackedWrite(String label, long atNanos, NodeIdentity owner, long version) {
            this.label = label;
            this.atNanos = atNanos;
            this.owner = owner;
            this.version = version;
        }
    }

    final long bucketNanos;
    final long[] bytesPerBucket;
    final long[] datagramsPerBucket;
    final double[] liveSeenPerBucket;
    final int[] runningPerBucket;
    final List<Long> detectionNanos = new ArrayList<>();
    final List<RunResult.Accusation> accusations = new ArrayList<>();
    final List<String> milestones = new ArrayList<>();
    long datagrams;
    long bytes;
    long lost;
    long overflowed;
    long falseDeaths;
    long events;
    int largestDatagram;
    int running;

    /** Pieces of time that are over; the run may end long before its time is up. */
    int pieces;

    long fingerprint = 0xcbf29ce484222325L;

    private final boolean falseDeathsForbidden;
    private final Spared spared;
    private final Map<NodeIdentity, Long> stoppedAt = new HashMap<>();
    private final List<TrackedWrite> writes = new ArrayList<>();
    private final CRC32C crc = new CRC32C();

    Measurements(Scenario scenario) {
        long duration = Math.max(1, scenario.duration().toNanos());
        bucketNanos = Math.max(scenario.engine().interval().toNanos(), duration / BUCKETS + 1);
        int buckets = (int) (duration / bucketNanos) + 1;
        bytesPerBucket = new long[buckets];
        datagramsPerBucket = new long[buckets];
        liveSeenPerBucket = new double[buckets];
        runningPerBucket = new int[buckets];
        spared = new Spared(scenario);
        falseDeathsForbidden = scenario.expectations().stream().anyMatch(Expectation.NoFalseDeaths.class::isInstance);
    }

    int bucket(long nanos) {
        return (int) Math.min(bytesPerBucket.length - 1L, nanos / bucketNanos);
    }

    void started(SimulatedMember member, long nowNanos) {
        running++;
        stoppedAt.remove(member.identity());
        fold(nowNanos, member.number, member.run);
    }

    void stopped(SimulatedMember member, long nowNanos) {
        running--;
        stoppedAt.putIfAbsent(member.identity(), nowNanos);
        fold(nowNanos, member.number, -member.run);
    }

    /** From now on others are right to call it dead, and the time they take measures no detector. */
    void leaving(SimulatedMember member) {
        stoppedAt.put(member.identity(), Long.MIN_VALUE);
    }

    void resumed(SimulatedMember member, long nowNanos) {
        fold(nowNanos, member.number, 0);
    }

    void sent(long nowNanos, int from, GossipAddress target, byte[] datagram, int copies) {
        datagrams++;
        bytes += datagram.length;
        lost += copies == 0 ? 1 : 0;
        largestDatagram = Math.max(largestDatagram, datagram.length);
        int bucket = bucket(nowNanos);
        bytesPerBucket[bucket] += datagram.length;
        datagramsPerBucket[bucket]++;
        crc.reset();
        crc.update(datagram, 0, datagram.length);
        fold(nowNanos, from * 31L + target.hashCode(), crc.getValue() * 4 + copies);
    }

    void changed(SimulatedMember member, ClusterEvent event, long nowNanos, World world) {
        events++;
        if (event instanceof ClusterEvent.KeysChanged keys) {
            fold(nowNanos, keys.identity().hashCode(), keys.maxVersion() * 31 + keys.lastGcVersion());
            spread(member, keys, nowNanos);
        } else {
            fold(
                    nowNanos,
                    event.identity().hashCode(),
                    event.getClass().getSimpleName().hashCode());
            if (event instanceof ClusterEvent.MemberDead dead) {
                died(member, dead.identity(), nowNanos, world);
            }
        }
    }

    private void died(SimulatedMember observer, NodeIdentity dead, long nowNanos, World world) {
        SimulatedMember accused = world.at(dead.gossipAddress());
        if (accused == null) {
            return;
        }
        Long stopped = stoppedAt.get(dead);
        boolean innocent =
                stopped == null && accused.isStaying() && accused.identity().equals(dead);
        if (accusations.size() < KEPT_ACCUSATIONS) {
            accusations.add(new RunResult.Accusation(
                    nowNanos / 1e9, observer.number, accused.number, innocent, accused.paused));
        }
        if (stopped != null) {
            if (stopped != Long.MIN_VALUE && detectionNanos.size() < KEPT_DETECTIONS) {
                detectionNanos.add(nowNanos - stopped);
            }
        } else if (innocent) {
            falseDeaths++;
            if (falseDeathsForbidden || spared.forbids(observer.number, accused.number)) {
                world.laws.broken(LawBook.NO_FALSE_DEATHS, observer.identity() + " calls " + dead + " dead");
            }
        }
    }

    /** Follows how a write spreads; of many writes only the first few. */
    void track(String label, SimulatedMember owner, long version, long nowNanos) {
        if (writes.size() < TRACKED_WRITES) {
            TrackedWrite write = new TrackedWrite(label, nowNanos, owner.identity(), version);
            write.knownBy.set(owner.number);
            writes.add(write);
        }
    }

    private void spread(SimulatedMember member, ClusterEvent.KeysChanged keys, long nowNanos) {
        for (int i = 0; i < writes.size(); i++) {
            TrackedWrite write = writes.get(i);
            if (Long.compareUnsigned(keys.maxVersion(), write.version) >= 0
                    && write.owner.equals(keys.identity())
                    && !write.knownBy.get(member.number)) {
                write.knownBy.set(member.number);
                write.points.add(new double[] {
                    (nowNanos - write.atNanos) / 1e9, write.knownBy.cardinality() / (double) Math.max(1, running)
                });
            }
        }
    }

    List<RunResult.Spread> spreads() {
        return writes.stream()
                .map(w -> new RunResult.Spread(
                        w.label,
                        w.atNanos / 1e9,
                        w.points.stream()
                                .map(p -> new RunResult.Point(p[0], Math.min(1, p[1])))
                                .toList()))
                .toList();
    }

    private void fold(long a, long b, long c) {
        fingerprint = (fingerprint ^ a) * 0x100000001b3L;
        fingerprint = (fingerprint ^ b) * 0x100000001b3L;
        fingerprint = (fingerprint ^ c) * 0x100000001b3L;
        fingerprint ^= fingerprint >>> 32;
    }
}
