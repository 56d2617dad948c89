/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeedRefreshTest {
    private static final byte[] IP_1 = {10, 0, 0, 1};
    private static final byte[] IP_2 = {10, 0, 0, 2};

    private final Map<String, Future<List<byte[]>>> answers = new HashMap<>();
    private final List<String> lookups = new ArrayList<>();
    private final ManualTimers timers = new ManualTimers();
    private final RecordingLogger logger = new RecordingLogger();
    private final List<Set<GossipAddress>> handedOut = new ArrayList<>();

    @Test
    void usesLiteralsAsTheyAreAndNeverLooksAnythingUp() {
        SeedRefresh seeds = refresh(60_000, "10.0.0.9:1", "[::1]:2");
        assertThat(seeds.start(handedOut::add).isComplete()).isTrue();
        assertThat(handedOut).containsExactly(Set.of(address("10.0.0.9:1"), address("[::1]:2")));
        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void makesAllAddressesOfAHostSeedNodes() {
        answer("seed", IP_1, IP_2);
        refresh(60_000, "10.0.0.9:1", "seed:5").start(handedOut::add);
        assertThat(handedOut.get(handedOut.size() - 1))
                .containsExactlyInAnyOrder(address("10.0.0.9:1"), address("10.0.0.1:5"), address("10.0.0.2:5"));
    }

    @Test
    void isReadyForTheFirstRoundOnlyWhenAllNamesWereAnswered() {
        Promise<List<byte[]>> slow = Promise.promise();
        answers.put("slow", slow.future());
        answer("seed", IP_1);
        Future<Void> ready = refresh(60_000, "slow:5", "seed:5").start(handedOut::add);
        assertThat(ready.isComplete()).isFalse();
        slow.fail("timeout");
        assertThat(ready.succeeded()).isTrue();
        assertThat(handedOut).containsExactly(Set.of(address("10.0.0.1:5")));
    }

    @Test
    void keepsTheLastGoodAnswerOfAHostWhoseLookupFails() {
        answer("seed", IP_1);
        refresh(60_000, "seed:5").start(handedOut::add);
        unknown("seed");
        timers.fire();
        assertThat(handedOut).containsExactly(Set.of(address("10.0.0.1:5")));
        answer("seed", IP_2);
        timers.fire();
        assertThat(handedOut).last().isEqualTo(Set.of(address("10.0.0.2:5")));
    }

    @Test
    void goesOverToOtherSeedNodesAndKeepsWhatIsKnownOfThoseThatStay() {
        answer("stays", IP_1);
        SeedRefresh seeds = refresh(60_000, "stays:5", "goes:5");
        seeds.start(handedOut::add);
        unknown("stays");
        answer("comes", IP_2);
        seeds.change(List.of("stays:5", "comes:5", "10.0.0.9:1"), 60_000);
        assertThat(handedOut)
                .last()
                .isEqualTo(Set.of(address("10.0.0.1:5"), address("10.0.0.2:5"), address("10.0.0.9:1")));
        seeds.change(List.of("10.0.0.9:1"), 60_000);
        assertThat(handedOut).last().isEqualTo(Set.of(address("10.0.0.9:1")));
    }

    @Test
    void aLookupOfFormerSeedNodesThatEndsLateChangesNothing() {
        Promise<List<byte[]>> slow = Promise.promise();
        answers.put("slow", slow.future());
        SeedRefresh seeds = refresh(60_000, "slow:5");
        Future<Void> ready = seeds.start(handedOut::add);
        seeds.change(List.of("10.0.0.9:1"), 60_000);
        slow.complete(List.of(IP_1));
        assertThat(ready.succeeded()).isTrue();
        assertThat(handedOut).last().isEqualTo(Set.of(address("10.0.0.9:1")));
    }

    @Test
    void takesAnAnswerWithoutAddressesForAFailure() {
        answer("seed", IP_1);
        refresh(60_000, "seed:5").start(handedOut::add);
        answer("seed");
        timers.fire();
        assertThat(handedOut).hasSize(1);
        assertThat(logger.lines).hasSize(1);
    }

    @Test
    void backsOffFromOneSecondToOneMinuteWhileAlone() {
        unknown("seed");
        refresh(60_000, "seed:5").start(handedOut::add);
        assertThat(delaysOfNext(8)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    }

    @Test
    void refreshesAtTheGivenPaceAmongOthersAndSoonerWhenAloneAgain() {
        answer("seed", IP_1);
        SeedRefresh seeds = refresh(45_000, "seed:5");
        seeds.start(handedOut::add);
        seeds.alone(false);
        timers.fire();
        assertThat(delaysOfNext(3)).containsExactly(45_000L, 45_000L, 45_000L);
        seeds.alone(true);
        assertThat(delaysOfNext(2)).containsExactly(1_000L, 2_000L);
        seeds.alone(true);
        assertThat(delaysOfNext(2)).containsExactly(4_000L, 8_000L);
    }

    @Test
    void warnsOncePerChangeOfState() {
        unknown("seed");
        refresh(60_000, "seed:5").start(handedOut::add);
        delaysOfNext(3);
        assertThat(logger.lines).containsExactly("WARNING cannot resolve seed node seed:5, will keep trying: seed");
        answer("seed", IP_1);
        delaysOfNext(3);
        assertThat(logger.lines).hasSize(2).last().isEqualTo("INFO seed node seed:5 resolves again");
    }

    @Test
    void looksUpAgainNeitherWhileALookupRunsNorAfterTheStop() {
        Promise<List<byte[]>> slow = Promise.promise();
        answers.put("seed", slow.future());
        SeedRefresh seeds = refresh(60_000, "seed:5");
        seeds.start(handedOut::add);
        seeds.alone(false);
        seeds.alone(true);
        assertThat(timers.delays()).isEmpty();
        assertThat(lookups).containsExactly("seed");
        seeds.stop();
        slow.complete(List.of(IP_1));
        assertThat(timers.delays()).isEmpty();
        assertThat(handedOut).isEmpty();
    }

    private SeedRefresh refresh(long refreshMillis, String... seedNodes) {
        HostResolver resolver = host -> {
            lookups.add(host);
            return answers.getOrDefault(host, Future.failedFuture(new UnknownHostException(host)));
        };
        return new SeedRefresh(new SeedBook(List.of(seedNodes)), resolver, timers, logger, refreshMillis);
    }

    private void answer(String host, byte[]... ips) {
        answers.put(host, Future.succeededFuture(List.of(ips)));
    }

    private void unknown(String host) {
        answers.put(host, Future.failedFuture(new UnknownHostException(host)));
    }

    private List<Long> delaysOfNext(int lookups) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < lookups; i++) {
            delays.addAll(timers.delays());
            timers.fire();
        }
        return delays;
    }

    private static GossipAddress address(String text) {
        return GossipAddress.parse(text);
    }

    /** Timers that fire when told. */
    private static final class ManualTimers implements Timers {
        private record Pending(long delayMillis, Runnable task) {}

        private final Map<Long, Pending> pending = new TreeMap<>();
        private long last;

        @Override
        public long setTimer(long delayMillis, Runnable task) {
            pending.put(++last, new Pending(delayMillis, task));
            return last;
        }

        @Override
        public void cancelTimer(long timer) {
            pending.remove(timer);
        }

        List<Long> delays() {
            return pending.values().stream().map(Pending::delayMillis).toList();
        }

        void fire() {
            List<Pending> due = List.copyOf(pending.values());
            pending.clear();
            due.forEach(timer -> timer.task().run());
        }
    }
}
