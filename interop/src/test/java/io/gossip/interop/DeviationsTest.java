/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link Conversation} and {@link Script} go round, since a conversation is of no use after it: where both kinds are
 * known to differ, each does what is written of it.
 */
@WithRust
@Timeout(300)
class DeviationsTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int GRACE_ROUNDS = 20;
    private static final NodeIdentity SEED_NODE = new NodeIdentity("seed", 1, GossipAddress.parse("127.0.0.1:7001"));
    private static final NodeIdentity OTHER = new NodeIdentity("other", 5, GossipAddress.parse("127.0.0.1:7002"));

    private static Twins twins(Cluster cluster) {
        return new Twins(cluster.virtualRust(options()), VirtualJava.start(options(), new Random(1)));
    }

    private static PeerOptions options() {
        return new PeerOptions("subject", Setting.V0_IPV4)
                .port(7_000)
                .interval(INTERVAL)
                .tombstoneGrace(INTERVAL.multipliedBy(GRACE_ROUNDS))
                .seedNode(SEED_NODE.gossipAddress());
    }

    private static void say(Twins twins, NodeIdentity speaker, Message message) {
        twins.receive(
                Letter.of(speaker.gossipAddress(), twins.identity().gossipAddress(), ProtocolVersion.V0, message));
    }

    private static Message syn(NodeDigest... entries) {
        return new Message.Syn(Digest.of(List.of(entries)), "interop");
    }

    private static Message ack(NodeDelta nodeDelta) {
        return new Message.Ack(new Delta(List.of(nodeDelta)));
    }

    private static NodeDigest beat(NodeIdentity member, long heartbeat) {
        return new NodeDigest(member, heartbeat, 0, 0);
    }

    /** {@link Deviation#DELETED_ONCE}. */
    @Test
    void deletingTwiceIsOneChangeOfOurs(Cluster cluster) {
        Twins twins = twins(cluster);
        twins.write(subject -> {
            subject.set("key", "value");
            subject.delete("key");
            subject.delete("key");
        });

        assertThat(own(twins.rust()).maxVersion()).isEqualTo(3);
        assertThat(own(twins.java()).maxVersion()).isEqualTo(2);
    }

    /** {@link Deviation#DELETED_STAYS_DELETED}. */
    @Test
    void deletingLaterWhatIsDeletedMakesItVisibleInTheReferenceOnly(Cluster cluster) {
        Twins twins = twins(cluster);
        twins.write(subject -> {
            subject.set("key", "value");
            subject.delete("key");
            subject.deleteAfterTtl("key");
        });

        assertThat(twins.rust().view().valueOf(twins.identity(), "key")).isEmpty();
        assertThat(twins.java().view().valueOf(twins.identity(), "key")).isNull();
    }

    /** {@link Deviation#COLLECTED_NOW_AND_THEN}. */
    @Test
    void ownTombstonesWaitForTheNextCollectionOfOurs(Cluster cluster) {
        Twins twins = twins(cluster);
        deleteOne(twins, "first");
        twins.advance(INTERVAL, 1);
        deleteOne(twins, "second");

        twins.advance(INTERVAL, GRACE_ROUNDS);
        assertThat(own(twins.rust()).lastGcVersion()).isEqualTo(4);
        assertThat(own(twins.java()).lastGcVersion()).isEqualTo(2);

        twins.advance(INTERVAL, GRACE_ROUNDS);
        assertThat(own(twins.java())).isEqualTo(own(twins.rust()));
    }

    private static void deleteOne(Twins twins, String key) {
        twins.write(subject -> {
            subject.set(key, "value");
            subject.delete(key);
        });
    }

    /** {@link Deviation#OWN_STATE}. */
    @Test
    void othersWriteTheStateOfAReferenceMember(Cluster cluster) {
        Twins twins = twins(cluster);
        KeyMutation forged = new KeyMutation("forged", "value", 1, EntryStatus.SET);
        say(twins, SEED_NODE, ack(new NodeDelta(twins.identity(), 0, 0, List.of(forged), 1)));

        assertThat(own(twins.rust()).entries()).containsOnlyKeys("forged");
        assertThat(own(twins.java()).entries()).isEmpty();
    }

    /** {@link Deviation#STRANGERS}. */
    @Test
    void aStrangerNamesMembersToTheReference(Cluster cluster) {
        Twins twins = twins(cluster);
        NodeIdentity invented = new NodeIdentity("invented", 1, GossipAddress.parse("127.0.0.1:7003"));
        say(twins, OTHER, syn(beat(OTHER, 1), beat(invented, 1)));

        assertThat(twins.rust().view().members()).containsOnlyKeys(twins.identity(), OTHER, invented);
        assertThat(twins.java().view().members()).containsOnlyKeys(twins.identity(), OTHER);
    }

    /** {@link Deviation#HEARSAY_IS_PACED}. */
    @Test
    void aHeartbeatThatLeapsByHearsayIsNotPassedOnAtOnce(Cluster cluster) {
        Twins twins = twins(cluster);
        say(twins, SEED_NODE, syn(beat(OTHER, 1)));
        say(twins, SEED_NODE, syn(beat(OTHER, 500)));

        assertThat(twins.rust().view().of(OTHER).heartbeat()).isEqualTo(500);
        assertThat(twins.java().view().of(OTHER).heartbeat()).isBetween(2L, 499L);
    }

    /** {@link Deviation#RETIRED}. */
    @Test
    void anOlderGenerationLivesOnInTheReference(Cluster cluster) {
        Twins twins = twins(cluster);
        NodeIdentity older = new NodeIdentity("other", 4, GossipAddress.parse("127.0.0.1:7003"));
        for (int beat = 1; beat <= 4; beat++) {
            say(twins, SEED_NODE, syn(beat(older, beat), beat(OTHER, beat)));
            twins.advance(INTERVAL, 1);
        }

        assertThat(twins.rust().view().live()).containsExactlyInAnyOrder(twins.identity(), older, OTHER);
        assertThat(twins.java().view().live()).containsExactlyInAnyOrder(twins.identity(), OTHER);
    }

    /** {@link Deviation#TOMBSTONE_WITHOUT_VALUE}. */
    @Test
    void theReferenceKeepsTheValueOfATombstone(Cluster cluster) {
        Twins twins = twins(cluster);
        say(twins, OTHER, syn(beat(OTHER, 1)));
        KeyMutation odd = new KeyMutation("key", "value", 1, EntryStatus.TOMBSTONE);
        say(twins, OTHER, ack(new NodeDelta(OTHER, 0, 0, List.of(odd), 1)));

        assertThat(twins.rust().view().entryOf(OTHER, "key")).isEqualTo(odd);
        assertThat(twins.java().view().entryOf(OTHER, "key"))
                .isEqualTo(new KeyMutation("key", "", 1, EntryStatus.TOMBSTONE));
    }

    private static View.Known own(Member member) {
        return member.view().of(member.identity()).withoutHeartbeat();
    }
}
