/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot plus the later publications, in order, equals the next snapshot. */
class PublicationLawTest {
    private static final int OPERATIONS = 300;

    @Test
    @Timeout(120)
    void aFollowersPictureEqualsTheSnapshotAtEverySequence() {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        Random random = new Random(randomSeed);
        try (Neighbourhood neighbourhood = new Neighbourhood(randomSeed)) {
            neighbourhood.network.loss(0.1).reordering(0.1);
            neighbourhood.deploy(Neighbourhood.hastyOptions("a", 7_001));
            neighbourhood.deploy(Neighbourhood.hastyOptions("b", 7_002));
            String third = neighbourhood.deploy(Neighbourhood.hastyOptions("c", 7_003));
            ClusterView view = neighbourhood.view("a");
            Map<Long, List<String>> followed = new ConcurrentHashMap<>();
            followed.put(view.current().sequence(), Samples.told(view.current()));
            List<Integer> resets = new CopyOnWriteArrayList<>();
            view.onReset(picture -> resets.add(1));
            view.onChange(picture -> followed.put(picture.sequence(), Samples.told(picture)));
            followed.put(view.current().sequence(), Samples.told(view.current()));

            List<ClusterPicture> snapshots = new ArrayList<>();
            for (int i = 0; i < OPERATIONS; i++) {
                if (i == OPERATIONS / 3) {
                    neighbourhood.network.cut(Neighbourhood.address(7_001), Neighbourhood.address(7_002));
                    Waiting.result(neighbourhood.vertx.undeploy(third));
                }
                if (i == 2 * OPERATIONS / 3) {
                    neighbourhood.network.heal();
                    neighbourhood.deploy(Neighbourhood.hastyOptions("c", 7_003));
                }
                attempt(neighbourhood, random);
                snapshots.add(Waiting.result(neighbourhood.service("a").snapshot()));
            }
            long last = snapshots.get(OPERATIONS - 1).sequence();
            while (followed.get(last) == null) {
                Thread.onSpinWait(); // the view's handler stays the one above
            }
            for (ClusterPicture snapshot : snapshots) {
                assertThat(followed.get(snapshot.sequence()))
                        .as("random seed %d, sequence %d", randomSeed, snapshot.sequence())
                        .isEqualTo(Samples.told(snapshot));
            }
            assertThat(resets).as("random seed %d", randomSeed).isEmpty();
        }
    }

    private static void attempt(Neighbourhood neighbourhood, Random random) {
        GossipService service = neighbourhood.service(random.nextBoolean() ? "a" : "b");
        String key = "k" + random.nextInt(20);
        Future<WriteReply> write = switch (random.nextInt(6)) {
            case 0 -> service.delete(key);
            case 1 -> service.deleteAfterTtl(key);
            case 2 -> service.setWithTtl(key, "t" + random.nextInt(5));
            case 3 -> service.touch(key);
            default -> service.set(key, "v" + random.nextInt(1_000));
        };
        // There may be nothing to delete: that is one of the cases.
        Waiting.result(write.otherwiseEmpty());
    }
}
