/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.web.document.BodyWriters;
import io.gossip.web.document.Document;
import io.gossip.web.document.DocumentResponse;
import io.gossip.web.document.EntityTag;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * Answers reads of the latest picture: with 304 if the reader has what is there, after having waited for a change if it
 * asks for that, with headers alone to HEAD, with the document otherwise. What headers can say is said without making the
 * document.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class TaggedReads {
    private final FollowedCluster cluster;
    private final HeldAnswers held;
    private final BodyWriters writers;
    private final Turns turns;

    public TaggedReads(FollowedCluster cluster, HeldAnswers held, BodyWriters writers, Turns turns) {
        this.cluster = cluster;
        this.held = held;
        this.writers = writers;
        this.turns = turns;
    }

    /**
     * Answers one request.
     *
     * @param context the request
     * @param waitMillis how long the answer may be held; 0 for not at all
     * @param representation distinguishes what is at this path from other answers there
     * @param selection finds what is asked for
     */
    public void answer(RoutingContext context, long waitMillis, String representation, Selection selection) {
        turns.tell(
                cluster.picture(),
                answering -> answerNow(context, waitMillis, representation, selection),
                context::fail);
    }

    private void answerNow(RoutingContext context, long waitMillis, String representation, Selection selection) {
        try {
            ClusterPicture picture = cluster.current(); // a publication may have come since the turn was asked for
            Supplier<Future<Document>> found = selection.in(picture);
            EntityTag tag = EntityTag.of(picture, representation);
            if (waitMillis > 0 && DocumentResponse.isNamed(context, tag)) {
                held.hold(context, waitMillis, () -> answer(context, 0, representation, selection));
            } else if (!DocumentResponse.answeredWithoutBody(context, tag)) {
                turns.tell(found.get(), document -> DocumentResponse.send(context, document, writers), context::fail);
            }
        } catch (RuntimeException failure) {
            context.fail(failure);
        }
    }

    /** Finds what a request asks for. */
    public interface Selection {
        /**
         * Looks into a picture.
         *
         * @param picture the latest
         * @return makes the document of what was found
         * @throws ProblemException 404 if it is not there
         */
        Supplier<Future<Document>> in(ClusterPicture picture);
    }
}
