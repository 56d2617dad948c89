/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gossip.core.event.PrefixListeners.Registration;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixListenersTest {
    private static final NodeIdentity OWNER = new NodeIdentity("n", 1, GossipAddress.parse("10.0.0.1:7000"));

    private final List<RuntimeException> failures = new ArrayList<>();
    private final PrefixListeners listeners = new PrefixListeners(failures::add);
    private final List<String> calls = new ArrayList<>();

    @Test
    void callsShorterPrefixesFirst() {
        for (String prefix : List.of("abc", "b", "ab", "", "a")) {
            log(prefix);
        }
        set("ab");
        assertThat(calls).containsExactly("|ab", "a|b", "ab|");
    }

    @Test
    void leavesTheEmptyKeyToTheEmptyPrefix() {
        log("");
        log("a");
        set("");
        assertThat(calls).containsExactly("|");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void callsForStoredValuesOnly(Kind kind) {
        log("");
        dispatch(new KeyChange("k", "v", 1, kind));
        assertThat(calls).hasSize(kind == Kind.SET || kind == Kind.DELETE_AFTER_TTL ? 1 : 0);
    }

    @Test
    void handsOverValueAndOwner() {
        List<Object> got = new ArrayList<>();
        listeners.subscribe("k", (key, value, owner) -> got.addAll(List.of(key, value, owner)));
        dispatch(new KeyChange("key", "value", 1, Kind.SET));
        assertThat(got).containsExactly("ey", "value", OWNER);
    }

    @Test
    void takesChangesInOrderAndIgnoresOtherEvents() {
        log("");
        listeners.dispatch(new ClusterEvent.MemberAlive(OWNER));
        dispatch(new KeyChange("b", "", 1, Kind.SET), new KeyChange("a", "", 2, Kind.SET));
        assertThat(calls).containsExactly("|b", "|a");
    }

    @Test
    void takesKeysAndPrefixesOfAnyScript() {
        log("é");
        log("😀");
        log("ключ");
        set("été");
        set("😀😁");
        set("ключ");
        set("😁");
        assertThat(calls).containsExactly("é|té", "😀|😁", "ключ|");
        assertThatIllegalArgumentException().isThrownBy(() -> log("\ud83d"));
    }

    @Test
    void containsWhatACallbackThrows() {
        RuntimeException failure = new IllegalStateException("mine");
        listeners.subscribe("", (key, value, owner) -> {
            throw failure;
        });
        log("");
        set("a");
        set("b");
        assertThat(calls).containsExactly("|a", "|b");
        assertThat(failures).containsExactly(failure, failure);
    }

    @Test
    void endsASubscriptionOnceAndLeavesTheOthers() {
        Registration first = log("a");
        log("a");
        first.close();
        first.close();
        set("ab");
        assertThat(calls).containsExactly("a|b");
    }

    @Test
    void doesNotCallWhoWasUnsubscribedByAnEarlierCallback() {
        List<Registration> later = new ArrayList<>();
        listeners.subscribe("", (key, value, owner) -> later.forEach(Registration::close));
        later.add(log(""));
        later.add(log("a"));
        set("ab");
        assertThat(calls).isEmpty();
    }

    @Test
    void callsWhoSubscribedInACallbackFromTheNextChangeOn() {
        listeners.subscribe("", (key, value, owner) -> {
            if (key.equals("ab")) {
                log("");
                log("a");
            }
        });
        log("a");
        dispatch(new KeyChange("ab", "", 1, Kind.SET), new KeyChange("ac", "", 2, Kind.SET));
        assertThat(calls).containsExactly("a|b", "|ac", "a|c", "a|c");
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void agreesWithAScanOfAllSubscriptions(long randomSeed) {
        Random random = new Random(randomSeed);
        List<String> prefixes = new ArrayList<>();
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(3) == 0 && !prefixes.isEmpty()) {
                int index = random.nextInt(prefixes.size());
                prefixes.remove(index);
                registrations.remove(index).close();
            } else {
                String prefix = text(random);
                prefixes.add(prefix);
                registrations.add(log(prefix));
            }
            String key = text(random);
            calls.clear();
            set(key);
            assertThat(calls)
                    .containsExactlyElementsOf(prefixes.stream()
                            .filter(key::startsWith)
                            .sorted()
                            .map(prefix -> prefix + "|" + key.substring(prefix.length()))
                            .toList());
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(5), 0, 3)
                .mapToObj(i -> List.of("a", "é", "😀").get(i))
                .reduce("", String::concat);
    }

    private Registration log(String prefix) {
        return listeners.subscribe(prefix, (key, value, owner) -> calls.add(prefix + "|" + key));
    }

    private void set(String key) {
        dispatch(new KeyChange(key, "", 1, Kind.SET));
    }

    private void dispatch(KeyChange... changes) {
        listeners.dispatch(new ClusterEvent.KeysChanged(OWNER, false, 1, 0, List.of(changes)));
    }
}
