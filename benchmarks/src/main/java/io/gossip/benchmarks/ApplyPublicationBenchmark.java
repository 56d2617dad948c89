/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.MembersPublication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Follow one publication in a picture of many members and keys: the cost must follow the change, not the picture. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ApplyPublicationBenchmark {
    /** Members in the picture, and all keys of all of them. */
    @Param({"1000/100000", "10000/100000", "1/100000", "1000/1000"})
    public String size = "1000/100000";

    private ClusterPicture picture;
    private KeysPublication oneKey;
    private KeysPublication versionsOnly;
    private MembersPublication oneDeath;

    /** Fills the picture. */
    @Setup
    public void setUp() {
        int members = Integer.parseInt(size.substring(0, size.indexOf('/')));
        int keys = Integer.parseInt(size.substring(size.indexOf('/') + 1));
        int keysPerMember = keys / members;
        List<MemberSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            snapshots.add(member(KnownCluster.identity(i), keysPerMember));
        }
        snapshots.sort((one, other) -> one.identity().compareTo(other.identity()));
        NodeIdentity changed = snapshots.get(members / 2).identity();
        picture = ClusterPicture.of(1, new ClusterSnapshot("bench", changed, snapshots, List.of()));
        KeyChange change = new KeyChange(key(keysPerMember / 2), "changed", keys + 1L, KeyChange.Kind.SET);
        oneKey = new KeysPublication(2, "bench", changed, false, keys + 1L, 0, List.of(change));
        versionsOnly = new KeysPublication(2, "bench", changed, false, keys + 1L, 0, List.of());
        oneDeath = new MembersPublication(
                2, "bench", List.of(), List.of(), List.of(changed), List.of(), List.of(), List.of());
    }

    private static MemberSnapshot member(NodeIdentity identity, int keys) {
        List<KeyMutation> entries = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            entries.add(new KeyMutation(key(i), "value", i + 1L, EntryStatus.SET));
        }
        return new MemberSnapshot(new NodeSnapshot(identity, 1, entries, keys, 0), MemberState.LIVE);
    }

    private static String key(int number) {
        return "key-%06d".formatted(number);
    }

    /** One key of one member. */
    @Benchmark
    public ClusterPicture oneKey() {
        return picture.after(oneKey);
    }

    /** No key at all. */
    @Benchmark
    public ClusterPicture versionsOnly() {
        return picture.after(versionsOnly);
    }

    /** One member's state. */
    @Benchmark
    public ClusterPicture oneDeath() {
        return picture.after(oneDeath);
    }
}
