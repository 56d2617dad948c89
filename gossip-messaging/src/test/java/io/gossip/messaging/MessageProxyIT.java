/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageProxyIT {
    private final Talkers talkers = new Talkers();
    private final Map<String, List<String>> inboxes = new TreeMap<>();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void membersBehindOneProxyAndOneBesideItHearEachOther() {
        String proxy = talkers.startProxy("p").address();
        start("a", proxy);
        start("b", proxy);
        start("c");
        talkers.awaitPeers(2);

        everybodyBroadcasts();

        everybodyHeardTheOthersOnce();
    }

    @Test
    void membersBehindTwoProxiesHearEachOther() {
        String first = talkers.startProxy("p1").address();
        String second = talkers.startProxy("p2").address();
        start("a", first);
        start("b", second);
        start("c", first, second);
        start("d");
        talkers.awaitPeers(3);

        everybodyBroadcasts();

        everybodyHeardTheOthersOnce();
    }

    @Test
    void directMessagesAndRequestsCrossTwoProxies() {
        String first = talkers.startProxy("p1").address();
        String second = talkers.startProxy("p2").address();
        MessageNode a = start("a", first);
        MessageNode b = talkers.start("b", Talkers.options().setProxies(List.of(second)));
        List<String> heard = start("b2", second) == null ? List.of() : inboxes.get("b2");
        b.incoming().handler(message -> message.reply(Buffer.buffer("re: " + message.payload())));
        talkers.awaitPeers(2);

        Waiting.result(a.direct("b2", Buffer.buffer("hello")));
        Buffer reply = Waiting.result(a.request("b", Buffer.buffer("2+2"), Duration.ofSeconds(30)));

        assertThat(heard).containsExactly("a: hello");
        assertThat(reply).hasToString("re: 2+2");
        assertThat(inboxes.get("a")).isEmpty();
    }

    @Test
    void whatAProxyLosesIsSentAgainThroughTheNext() {
        String first = talkers.startProxy("p1").address();
        String second = talkers.startProxy("p2").address();
        MessageNode a = start("a", first, second);
        start("b", first, second);
        talkers.awaitPeers(1);
        int count = 2_000;
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < count / 2; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }

        talkers.stopProxy("p1");
        for (int i = count / 2; i < count; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }
        Waiting.result(Future.join(sent));

        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add("a: " + i);
        }
        assertThat(inboxes.get("b")).containsExactlyElementsOf(all);
    }

    private MessageNode start(String name, String... proxies) {
        MessageNode node = talkers.start(name, Talkers.options().setProxies(List.of(proxies)));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.sender().nodeId() + ": " + message.payload()));
        inboxes.put(name, heard);
        return node;
    }

    private void everybodyBroadcasts() {
        List<Future<Delivery>> all = new ArrayList<>();
        inboxes.keySet().forEach(name -> all.add(talkers.node(name).broadcast(Buffer.buffer("this is " + name))));
        all.forEach(one -> assertThat(Waiting.result(one).failed()).isEmpty());
        talkers.awaitConfirmed();
    }

    private void everybodyHeardTheOthersOnce() {
        inboxes.forEach((name, heard) -> {
            List<String> others = inboxes.keySet().stream()
                    .filter(other -> !other.equals(name))
                    .map(other -> other + ": this is " + other)
                    .toList();
            assertThat(heard).as("inbox of %s", name).containsExactlyInAnyOrderElementsOf(others);
        });
    }
}
