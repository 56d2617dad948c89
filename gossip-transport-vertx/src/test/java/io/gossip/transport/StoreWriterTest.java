/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.NotStoredException;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of records while the store hangs. */
class StoreWriterTest {
    private static final long LONG_MILLIS = 3_600_000;
    private static final long MUCH = 1 << 30;
    private static final StoreWriter.Patience PATIENT = patience(LONG_MILLIS, LONG_MILLIS);

    private final Vertx vertx = Vertx.vertx();
    private final NodeContext context = NodeContext.create(vertx);
    private final HeldStore store = new HeldStore();
    private final RecordingLogger logger = new RecordingLogger();

    @AfterEach
    void close() {
        store.letGo();
        Waiting.get(vertx.close());
    }

    @Test
    void ofRecordsThatOverrideEachOtherOnlyTheLastWaits() {
        WaitingRecords waiting = new WaitingRecords(MUCH, List::of);
        waiting.add(new MemberRecord.Configured(Map.of("k", "1")));
        for (int i = 0; i < 1_000; i++) {
            waiting.add(set("k", "" + i));
            waiting.add(set("other", "" + i));
            waiting.add(new MemberRecord.KeyGone("k"));
            waiting.add(new MemberRecord.PeersKnown(List.of()));
        }
        waiting.add(new MemberRecord.GenerationUsed(7));

        assertThat(waiting.size()).isEqualTo(5);
        assertThat(waiting.take())
                .containsExactly(
                        set("other", "999"),
                        new MemberRecord.KeyGone("k"),
                        new MemberRecord.PeersKnown(List.of()),
                        new MemberRecord.GenerationUsed(7),
                        new MemberRecord.Configured(Map.of("k", "1")));
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void everyoneWhoWaitsForAHungStoreHearsWhenItAnswers() throws IOException {
        store.open();
        StoreWriter writer = new StoreWriter(context, store, logger, PATIENT);
        store.hold();
        List<Future<Void>> all = new ArrayList<>();
        Waiting.get(context.call(() -> {
            for (int i = 0; i < 100; i++) {
                writer.add(set("k", "" + i));
                all.add(writer.durable());
            }
            return Future.succeededFuture();
        }));
        assertThat(all).noneMatch(Future::isComplete);

        store.letGo();
        all.forEach(Waiting::get);

        assertThat(store.memory().keys()).containsExactly(new MemberMemory.Key("k", "99", Optional.empty()));
    }

    @Test
    void aStoreThatDoesNotAnswerIsFailingUntilItDoes() throws IOException {
        store.open();
        StoreWriter writer = new StoreWriter(context, store, logger, patience(1, LONG_MILLIS));
        store.hold();
        Future<Void> stored = context.call(() -> {
            writer.add(set("k", "v"));
            return writer.durable();
        });
        Waiting.until(vertx, () -> Future.succeededFuture(writer.health().state() == StoreHealth.State.FAILING));
        assertThat(writer.health().lastError()).get().asString().startsWith("the store has not answered for ");

        store.letGo();
        Waiting.get(stored);

        assertThat(writer.health()).isEqualTo(new StoreHealth(StoreHealth.State.STORING, 0, Optional.empty()));
        assertThat(logger.lines)
                .containsExactly(
                        "ERROR the store does not answer, a restart would lose changes from now on; going on without it",
                        "INFO the store works again, everything is stored");
    }

    @Test
    void closingDoesNotWaitForEverAndTheStoreIsGivenUpWhenItAnswers() throws IOException {
        store.open();
        StoreWriter writer = new StoreWriter(context, store, logger, patience(LONG_MILLIS, 1));
        store.hold();
        Waiting.get(context.call(() -> {
            writer.add(set("k", "v"));
            writer.durable();
            writer.add(set("behind", "v"));
            return writer.close();
        }));
        assertThat(store.isOpen()).isTrue();
        assertThat(writer.health().state()).isEqualTo(StoreHealth.State.CLOSED);
        assertThat(logger.lines).singleElement().asString().contains("1 records behind it");

        store.letGo();
        Waiting.until(vertx, () -> Future.succeededFuture(!store.isOpen()));

        assertThat(store.memory().keys()).extracting(MemberMemory.Key::key).containsExactly("k", "behind");
    }

    @Test
    void whatIsUnderWayWaitsAsWell() throws IOException {
        store.open();
        store.hold();
        StoreWriter writer = new StoreWriter(context, store, logger, PATIENT);
        Future<Void> stored = context.call(() -> {
            writer.add(set("k", "v".repeat(10_000)));
            return writer.durable();
        });
        Waiting.until(vertx, () -> Future.succeededFuture(store.isAppending));
        assertThat(writer.health().waitingBytes()).isBetween(10_000L, 11_000L);

        store.letGo();
        Waiting.get(stored);

        assertThat(writer.health().waitingBytes()).isZero();
    }

    @Test
    void aStoreThatAnswersAfterItWasGivenUpStaysClosedInSilence() throws IOException {
        store.open();
        StoreWriter writer = new StoreWriter(context, store, logger, patience(1, LONG_MILLIS));
        store.hold();
        Future<Void> begun = context.call(() -> {
            writer.add(set("k", "v"));
            return writer.begin();
        });
        Waiting.until(vertx, () -> Future.succeededFuture(writer.health().state() == StoreHealth.State.FAILING));
        Future<Void> given = context.call(writer::giveUp);
        Waiting.get(context.call(Future::succeededFuture));
        assertThat(writer.health().state()).isEqualTo(StoreHealth.State.CLOSED);

        store.letGo();
        Waiting.get(given);
        Waiting.get(begun);

        assertThat(writer.health().state()).isEqualTo(StoreHealth.State.CLOSED);
        assertThat(logger.lines)
                .containsExactly("ERROR the store does not answer, waiting for it before the member starts");
    }

    @Test
    void churnOfEverNewKeysIsBoundedAndWhatIsThereInTheEndIsStored() {
        List<MemberMemory.Key> there = List.of(new MemberMemory.Key("last", "v", Optional.empty()));
        WaitingRecords waiting = new WaitingRecords(10_000, () -> there);
        waiting.add(new MemberRecord.GenerationUsed(7));
        long most = 0;
        for (int i = 0; i < 100_000; i++) {
            waiting.add(set("k" + i, "v"));
            waiting.add(new MemberRecord.KeyGone("k" + i));
            most = Math.max(most, waiting.bytes());
        }

        assertThat(most).isBetween(5_000L, 10_000L);
        assertThat(waiting.isOverflowing()).isTrue();
        assertThat(waiting.take())
                .containsExactly(
                        new MemberRecord.GenerationUsed(7),
                        new MemberRecord.KeySet(there.get(0)),
                        new MemberRecord.OnlyKeys(Set.of("last")));
        waiting.add(set("again", "v"));
        assertThat(waiting.take()).as("after the flood").containsExactly(set("again", "v"));
    }

    @Test
    void whenTooMuchWaitsWritesFailAtOnceAndAreStoredAllTheSame() throws IOException {
        store.open();
        store.hold();
        StoreWriter writer =
                new StoreWriter(context, store, logger, new StoreWriter.Patience(LONG_MILLIS, 1, LONG_MILLIS, 10_000));
        Map<String, String> keys = new LinkedHashMap<>();
        writer.keys(() -> keys.entrySet().stream()
                .map(entry -> new MemberMemory.Key(entry.getKey(), entry.getValue(), Optional.empty()))
                .toList());
        Future<Void> waited = write(writer, keys, "first");
        Waiting.until(vertx, () -> Future.succeededFuture(writer.health().state() == StoreHealth.State.FAILING));
        for (int i = 0; i < 200; i++) {
            write(writer, keys, "k" + i); // in order, so the last one finds the store full
        }
        assertThat(Waiting.failure(write(writer, keys, "last")))
                .isInstanceOf(NotStoredException.class)
                .hasMessageStartingWith("the change is in effect, but not stored: the store does not keep up");
        assertThat(writer.health().waitingBytes()).isBetween(0L, 11_000L);
        assertThat(waited.isComplete()).isFalse();
        assertThat(logger.lines)
                .filteredOn(line -> line.contains("further writes fail"))
                .hasSize(1);

        store.letGo();
        Waiting.get(waited);
        Waiting.until(vertx, () -> Future.succeededFuture(store.memory().keys().size() == 202));

        Waiting.get(write(writer, keys, "after"));
        assertThat(writer.health().waitingBytes()).isZero();
        assertThat(writer.health().refusedWrites()).isPositive();
    }

    private Future<Void> write(StoreWriter writer, Map<String, String> keys, String key) {
        return context.call(() -> {
            keys.put(key, "v");
            writer.add(set(key, "v"));
            return writer.durable();
        });
    }

    private static StoreWriter.Patience patience(long batchMillis, long closeMillis) {
        return new StoreWriter.Patience(LONG_MILLIS, batchMillis, closeMillis, MUCH);
    }

    private static MemberRecord set(String key, String value) {
        return new MemberRecord.KeySet(new MemberMemory.Key(key, value, Optional.empty()));
    }
}
