/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.cluster.FollowedCluster;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares this node's picture with that of another live member. Who asks the same thing within a second gets the same
 * answer, and there is a limit to the questions of one second, so that nobody can use the node to flood its peers.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class PeerViews {
    private static final int MOST_QUESTIONS = 16;
    private static final long KEPT_MILLIS = 1_000;
    private static final int SUMMARY_BYTES = 16 * 1024;
    private static final int VIEW_BYTES = 4 * 1024 * 1024;
    private static final int MOST_KEYS = 2_000;

    private final Vertx vertx;
    private final FollowedCluster cluster;
    private final PeerClient client;
    private final Map<Question, Future<JsonObject>> questions = new HashMap<>();

    public PeerViews(Vertx vertx, FollowedCluster cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.client = new PeerClient(vertx);
    }

    /** What is compared with whom: all members, or the keys of one. */
    record Question(String other, Optional<String> keysOf) {}

    /** {@return the differences; fails with a {@link ProblemException}} */
    Future<JsonObject> compare(Question question) {
        Future<JsonObject> known = questions.get(question);
        if (known != null) {
            return known;
        }
        if (questions.size() >= MOST_QUESTIONS) {
            return Future.failedFuture(new ProblemException(429, "too many members are being compared, ask again"));
        }
        Future<JsonObject> asked = cluster.picture().compose(picture -> ask(picture, question));
        questions.put(question, asked);
        asked.onComplete(done -> vertx.setTimer(KEPT_MILLIS, timer -> questions.remove(question)));
        return asked;
    }

    private Future<JsonObject> ask(ClusterPicture picture, Question question) {
        MemberPicture other = picture.member(question.other())
                .orElseThrow(() -> new ProblemException(404, "no member with this node id is listed"));
        PeerAddress address = PeerAddress.of(picture.self(), other);
        return client.get(address, "/api/v1/cluster", SUMMARY_BYTES)
                .compose(summary -> check(summary, picture, other.identity()))
                .compose(checked -> question.keysOf().isPresent()
                        ? keys(address, question.keysOf().get())
                        : members(address))
                .map(diff -> new JsonObject()
                        .put("self", StateDiff.json(picture.self()))
                        .put("other", StateDiff.json(other.identity()))
                        .put("asked", address.toString())
                        .mergeIn(diff));
    }

    /** Another node may have taken the port since. */
    private static Future<Void> check(JsonObject summary, ClusterPicture picture, NodeIdentity expected) {
        boolean same = picture.clusterId().equals(summary.getValue("cluster_id"))
                && StateDiff.json(expected).equals(summary.getValue("self"));
        return same
                ? Future.succeededFuture()
                : Future.failedFuture(new ProblemException(502, "another than this member answers there"));
    }

    private Future<JsonObject> members(PeerAddress address) {
        return client.get(address, "/api/v1/members", VIEW_BYTES)
                .compose(view -> with(picture -> StateDiff.ofMembers(picture, view)));
    }

    private Future<JsonObject> keys(PeerAddress address, String nodeId) {
        String uri = "/api/v1/keys?reserved=true&limit=" + MOST_KEYS + "&node_id="
                + URLEncoder.encode(nodeId, StandardCharsets.UTF_8);
        return client.get(address, uri, VIEW_BYTES)
                .compose(view -> with(picture -> StateDiff.ofKeys(
                        picture.member(nodeId)
                                .filter(member ->
                                        StateDiff.json(member.identity()).equals(view.getValue("node")))
                                .orElse(null),
                        view)));
    }

    /** Ours is taken when theirs has come: what changed meanwhile is no difference. */
    private Future<JsonObject> with(Comparison comparison) {
        return cluster.picture()
                .compose(picture -> vertx.executeBlocking(() -> comparison.with(picture), true))
                .recover(failure -> Future.failedFuture(
                        failure instanceof ProblemException
                                ? failure
                                : new ProblemException(502, "the member answers with something else than its view")));
    }

    private interface Comparison {
        @Nullable
        JsonObject with(ClusterPicture picture);
    }
}
