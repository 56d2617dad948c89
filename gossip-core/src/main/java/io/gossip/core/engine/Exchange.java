/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.admission.TokenBucket;
import io.gossip.core.engine.EngineStats.DatagramType;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.message.Message;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.ProtocolVersion;

/** The handshake (semantics §4): what a message does here, and the answer to it. */
final class Exchange {
    /** Answers up to this many times the request are free for anyone: forging a source gains nothing by them. */
    private static final int FREE_REPLY_FACTOR = 3;

    private GossipConfig config;
    private final Members members;
    private final DigestIntake digests;
    private final DeltaIntake deltas;
    private final Outgoing outgoing;
    private final Effects effects;
    private final Counters counters;
    private final TokenBucket replyLimit;
    private final Solicited solicited;
    private final Initiation initiation;
    private final CatchUp catchUp;
    private final RecentAddresses foreigners = new RecentAddresses(256);

    Exchange(
            GossipConfig config,
            Members members,
            DigestIntake digests,
            DeltaIntake deltas,
            Outgoing outgoing,
            Effects effects,
            Counters counters,
            Solicited solicited,
            Initiation initiation,
            CatchUp catchUp) {
        this.config = config;
        this.members = members;
        this.digests = digests;
        this.deltas = deltas;
        this.outgoing = outgoing;
        this.effects = effects;
        this.counters = counters;
        this.replyLimit = new TokenBucket(config.replyLimitBytes());
        this.solicited = solicited;
        this.initiation = initiation;
        this.catchUp = catchUp;
    }

    void reconfigure(GossipConfig wanted) {
        config = wanted;
        digests.reconfigure(wanted);
        replyLimit.limit(wanted.replyLimitBytes());
    }

    void handle(Envelope envelope, int requestBytes, GossipAddress source, long nowNanos) {
        // A forged source must not make us write to ourselves, or to where nothing can be sent.
        if (!members.canBeElsewhere(source)) {
            return;
        }
        Message message = envelope.message();
        if (message instanceof Message.Syn syn) {
            counters.received(DatagramType.SYN, requestBytes);
            syn(syn, envelope.version(), requestBytes, source, nowNanos);
        } else if (message instanceof Message.SynAck synAck) {
            counters.received(DatagramType.SYN_ACK, requestBytes);
            synAck(synAck, envelope.version(), requestBytes, source, nowNanos);
        } else if (message instanceof Message.Ack ack) {
            counters.received(DatagramType.ACK, requestBytes);
            if (solicited.permits(source, nowNanos)) {
                deltas.take(ack.delta(), source, nowNanos);
            }
        } else if (message instanceof Message.BadCluster) {
            counters.received(DatagramType.BAD_CLUSTER, requestBytes);
            counters.badClusters++;
            noticeForeigner(source, source + " says that our cluster id '" + config.clusterId() + "' is not its own");
        } else {
            throw new AssertionError("unhandled message: " + message);
        }
    }

    private void syn(Message.Syn syn, ProtocolVersion version, int requestBytes, GossipAddress source, long nowNanos) {
        if (!syn.clusterId().equals(config.clusterId())) {
            counters.badClusters++;
            noticeForeigner(
                    source,
                    source + " belongs to cluster '" + syn.clusterId() + "', not to ours, '" + config.clusterId()
                            + "'");
            reply(outgoing.badCluster(version), DatagramType.BAD_CLUSTER, source, nowNanos);
            return;
        }
        counters.answered = true;
        initiation.heard(version, source);
        digests.take(syn.digest(), source, nowNanos);
        int free = FREE_REPLY_FACTOR * requestBytes;
        int most = mostReplyBytes(free, source, nowNanos);
        byte[] answer = outgoing.synAck(version, syn.digest(), source, most);
        if (answer == null) {
            counters.repliesLimited++;
            return;
        }
        charge(answer.length, free, most, source, nowNanos);
        reply(answer, DatagramType.SYN_ACK, source, nowNanos);
    }

    private void synAck(
            Message.SynAck synAck, ProtocolVersion version, int requestBytes, GossipAddress source, long nowNanos) {
        if (!solicited.permits(source, nowNanos)) {
            return;
        }
        counters.answered = true;
        initiation.heard(version, source);
        digests.take(synAck.digest(), source, nowNanos);
        long appliedBefore = counters.deltaEntriesApplied;
        deltas.take(synAck.delta(), source, nowNanos);
        int free = FREE_REPLY_FACTOR * requestBytes;
        int most = mostReplyBytes(free, source, nowNanos);
        byte[] answer = outgoing.ack(version, synAck.digest(), source, most);
        charge(answer.length, free, most, source, nowNanos);
        reply(answer, DatagramType.ACK, source, nowNanos);
        catchUp.answered(source, synAck.digest(), counters.deltaEntriesApplied > appliedBefore, nowNanos);
    }

    private int mostReplyBytes(int free, GossipAddress source, long nowNanos) {
        if (config.replyLimitBytes() == 0 || members.trust.isLiveMember(source)) {
            return config.maxDatagramBytes();
        }
        return (int) Math.min(config.maxDatagramBytes(), Math.max(free, replyLimit.available(nowNanos)));
    }

    private void charge(int answerBytes, int free, int most, GossipAddress source, long nowNanos) {
        if (most < config.maxDatagramBytes() && outgoing.wasCut()) {
            counters.repliesLimited++;
        }
        if (answerBytes > free && config.replyLimitBytes() > 0 && !members.trust.isLiveMember(source)) {
            replyLimit.take(answerBytes, nowNanos);
        }
    }

    private void reply(byte[] datagram, DatagramType type, GossipAddress target, long nowNanos) {
        solicited.asked(target, nowNanos);
        effects.send(new Effect.Send(datagram, target, Effect.Purpose.REPLY, type));
    }

    private void noticeForeigner(GossipAddress source, String text) {
        if (foreigners.add(source)) {
            effects.notice(Effect.Notice.Kind.BAD_CLUSTER, text);
        }
    }
}
