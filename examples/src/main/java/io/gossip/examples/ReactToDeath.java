/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.MembersPublication;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes over from members that are gone: whoever fell silent (dead) or said goodbye (left). Deploy it before the gossip
 * verticle of the same Vert.x, so that it misses nothing.
 *
 * <p>Every member sees the same deaths, at slightly different times. Here the live member with the smallest identity
 * takes over, a rule that all can work out for themselves; for a moment two may believe it is their turn, so what is
 * taken over must bear being done twice.
 */
public final class ReactToDeath extends VerticleBase {
    private final String nodeId;
    private final Consumer<NodeIdentity> takeOver;
    private @Nullable MessageConsumer<MembersPublication> consumer;

    /**
     * A verticle for one member.
     *
     * @param nodeId id of the member that this Vert.x runs
     * @param takeOver called on the event loop with the member that is gone, if it is this member's turn
     */
    public ReactToDeath(String nodeId, Consumer<NodeIdentity> takeOver) {
        this.nodeId = nodeId;
        this.takeOver = takeOver;
    }

    @Override
    public Future<?> start() {
        MessageConsumer<MembersPublication> listening =
                vertx.eventBus().localConsumer("gossip.members", message -> react(message.body()));
        consumer = listening;
        return listening.completion();
    }

    @Override
    public Future<?> stop() {
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    private void react(MembersPublication change) {
        // Live members stand in identity order, the same at every member.
        if (!change.liveNodes().isEmpty() && change.liveNodes().get(0).nodeId().equals(nodeId)) {
            Stream.concat(change.dead().stream(), change.left().stream()).forEach(takeOver);
        }
    }
}
