/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    @TempDir
    Path folder;

    private final Talkers talkers = new Talkers();
    private Authority authority;

    @BeforeEach
    void found() {
        authority = new Authority(folder);
    }

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void membersWithTheirOwnCertificatesTalk() {
        MessageNode a = start("a", authority.issue("a", "a"));
        List<String> heard = inbox(start("b", authority.issue("b", "b")));
        talkers.awaitPeers(1);

        Waiting.result(a.direct("b", Buffer.buffer("secret")));

        assertThat(heard).containsExactly("secret");
    }

    @Test
    void aMemberWithTheCertificateOfAnotherIsHeardByNobody() {
        MessageNode a = start("a", authority.issue("a", "a"));
        List<String> heardByA = inbox(a);
        MessageNode impostor = start("b", authority.issue("b", "somebody-else"));
        List<String> heardByImpostor = inbox(impostor);
        List<String> heardByC = inbox(start("c", authority.issue("c", "c")));
        talkers.awaitPeers(2);

        Future<Void> toImpostor = a.direct("b", Buffer.buffer("secret"));
        Future<Void> fromImpostor = impostor.direct("a", Buffer.buffer("believe me"));
        Waiting.result(a.direct("c", Buffer.buffer("for c")));
        talkers.stop("b");

        assertThat(Waiting.failure(toImpostor)).isInstanceOf(DeliveryException.class);
        assertThat(Waiting.failure(fromImpostor)).isInstanceOf(DeliveryException.class);
        assertThat(heardByImpostor).isEmpty();
        assertThat(heardByA).isEmpty();
        assertThat(heardByC).containsExactly("for c");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsWorthNothing() throws IOException {
        MessageNode a = start("a", authority.issue("a", "a"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        MessageNode b = start("b", new Authority(elsewhere).issue("b", "b"));
        List<String> heard = inbox(b);
        talkers.awaitPeers(1);

        Future<Void> toB = a.direct("b", Buffer.buffer("secret"));
        Future<Void> toA = b.direct("a", Buffer.buffer("hello"));
        talkers.stop("b");

        assertThat(Waiting.failure(toB)).isInstanceOf(DeliveryException.class);
        assertThat(Waiting.failure(toA)).isInstanceOf(DeliveryException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void renewedCertificatesAreUsedWithoutARestart() {
        MessagingTls files = authority.issue("b", "wrong");
        MessageNode a = start("a", authority.issue("a", "a"));
        MessageNode b = start("b", files);
        List<String> heard = inbox(b);
        talkers.awaitPeers(1);
        Future<Void> waiting = a.direct("b", Buffer.buffer("secret"));

        assertThat(authority.issue("b", "b")).isEqualTo(files);
        Waiting.result(b.update(
                new MessageNodeOptions(new GossipOptions(), Talkers.options().setTls(files))));
        Waiting.result(waiting);

        assertThat(heard).containsExactly("secret");
    }

    @Test
    void onlyWhoShowsATrustedKeyIsHeardAndAnUpdateTellsWhich() {
        MessagingTls ofA = authority.issue("a", "a");
        MessagingTls ofB = authority.issue("b", "b");
        MessagingTls ofC = authority.issue("c", "c");
        MessageNode a = start("a", trusting(ofA, ofB));
        List<String> heard = inbox(a);
        MessageNode b = start("b", ofB);
        MessageNode c = start("c", ofC);
        List<String> heardByB = inbox(b);
        List<String> heardByC = inbox(c);
        talkers.awaitPeers(2);

        Future<Void> tooEarly = c.direct("a", Buffer.buffer("from c"));
        Future<Void> toStranger = a.direct("c", Buffer.buffer("for c"));
        Waiting.result(b.direct("a", Buffer.buffer("from b")));
        Waiting.result(a.direct("b", Buffer.buffer("for b")));
        assertThat(heard).containsExactly("from b");
        assertThat(heardByC).isEmpty();
        Waiting.result(a.update(
                new MessageNodeOptions(new GossipOptions(), Talkers.options().setTls(trusting(ofA, ofC)))));
        Waiting.result(tooEarly);
        Waiting.result(toStranger);
        Future<Void> tooLate = b.direct("a", Buffer.buffer("again from b"));
        Waiting.result(c.direct("a", Buffer.buffer("again from c")));
        talkers.stop("a");

        assertThat(Waiting.failure(tooLate)).isInstanceOf(DeliveryException.class);
        assertThat(heard).containsExactly("from b", "from c", "again from c");
        assertThat(heardByB).containsExactly("for b");
        assertThat(heardByC).containsExactly("for c");
    }

    private static MessagingTls trusting(MessagingTls own, MessagingTls trusted) {
        String key = MessagingTls.fingerprint(Authority.publicKey(trusted));
        return new MessagingTls(own.certificatePath(), own.keyPath(), own.trustPath(), Set.of(key));
    }

    private MessageNode start(String name, MessagingTls files) {
        return talkers.start(name, Talkers.options().setTls(files));
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }
}
