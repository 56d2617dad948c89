/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.eventbus.StatusName;
import io.gossip.web.cluster.TaggedReads;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.JsonText;
import io.gossip.web.document.Renderings;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.gossip.web.request.WaitTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keys of members: {@code /api/v1/members/{nodeId}/keys}, to be read, and {@code /api/v1/keys}, this member's own, to
 * be written too.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class KeyResources {
    private static final int MAX_LIMIT = 10_000;
    private static final String ENTRY = "entry";
    private static final Set<String> WAIT_ONLY = Set.of(WaitTime.PARAMETER);
    private static final Set<String> LIST_PARAMETERS =
            Set.of("key", "prefix", "reserved", "after", "limit", WaitTime.PARAMETER);
    private static final Set<String> OWN_LIST_PARAMETERS =
            Set.of("key", "prefix", "reserved", "after", "limit", "node_id", WaitTime.PARAMETER);

    private final TaggedReads reads;
    private final KeyWrites writes;
    private final Renderings<Question, KeyList.Source> lists;

    public KeyResources(Vertx vertx, TaggedReads reads, KeyWrites writes) {
        this.reads = reads;
        this.writes = writes;
        lists = new Renderings<>(vertx, KeyList.Source::tag, question -> new KeyList(question.query()));
    }

    /** A query and whose keys it is about. */
    private record Question(String nodeId, KeyQuery query) {}

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/members/{nodeId}/keys").read(this::memberKeys));
        resources.add(Resource.at("/api/v1/members/{nodeId}/keys/{key*}").read(this::memberKey));
        resources.add(Resource.at("/api/v1/keys")
                .read(this::ownKeys)
                .write(HttpMethod.PUT, writes::putByQuery)
                .write(HttpMethod.DELETE, writes::deleteByQuery));
        resources.add(Resource.at("/api/v1/keys/{key*}")
                .read(this::ownKey)
                .write(HttpMethod.PUT, writes::putByPath)
                .write(HttpMethod.DELETE, writes::deleteByPath));
    }

    /** A key to be read or written. */
    static String checked(String key) {
        if (key.isEmpty()) {
            throw new ProblemException(400, "the key must not be empty");
        }
        return key;
    }

    private void memberKeys(RoutingContext context) {
        list(context, LIST_PARAMETERS, Optional.of(Resource.pathValue(context, "nodeId")));
    }

    private void ownKeys(RoutingContext context) {
        list(context, OWN_LIST_PARAMETERS, Optional.empty());
    }

    private void memberKey(RoutingContext context) {
        one(context, Optional.of(Resource.pathValue(context, "nodeId")));
    }

    private void ownKey(RoutingContext context) {
        one(context, Optional.empty());
    }

    private void list(RoutingContext context, Set<String> names, Optional<String> givenNodeId) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters = Parameters.only(names).add(context.request().query());
        Optional<String> nodeId = givenNodeId.or(() -> parameters.get("node_id"));
        long wait = WaitTime.millis(parameters.get(WaitTime.PARAMETER));
        KeyQuery query = new KeyQuery(
                parameters.get("prefix").orElse(""),
                parameters.flag("reserved"),
                parameters.get("after"),
                parameters.get("limit").map(KeyResources::limit).orElse(KeyQuery.ALL));
        Optional<String> key = parameters.get("key").map(KeyResources::checked);
        if (key.isPresent()) {
            reads.answer(context, wait, ENTRY, picture -> entry(picture, nodeId, key.get()));
            return;
        }
        reads.answer(context, wait, KeyList.REPRESENTATION, picture -> {
            MemberPicture member = member(picture, nodeId);
            Question question = new Question(member.identity().nodeId(), query);
            return () -> lists.of(question, new KeyList.Source(EntityTag.of(picture, KeyList.REPRESENTATION), member));
        });
    }

    private void one(RoutingContext context, Optional<String> nodeId) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters = Parameters.only(WAIT_ONLY).add(context.request().query());
        String key = checked(Resource.pathValue(context, "key"));
        reads.answer(
                context,
                WaitTime.millis(parameters.get(WaitTime.PARAMETER)),
                ENTRY,
                picture -> entry(picture, nodeId, key));
    }

    private static Supplier<Future<Document>> entry(ClusterPicture picture, Optional<String> nodeId, String key) {
        KeyMutation entry = member(picture, nodeId)
                .entry(key)
                .filter(KeyQuery::isVisible)
                .orElseThrow(() -> new ProblemException(404, "the member has no such key"));
        return () -> {
            ChunkedBytes target = new ChunkedBytes();
            JsonText.write(
                    target,
                    json -> JsonText.entry(
                            json, entry.key(), entry.value(), entry.version(), StatusName.of(entry.status())));
            return Future.succeededFuture(new Document(EntityTag.of(picture, ENTRY), target.finish()));
        };
    }

    private static MemberPicture member(ClusterPicture picture, Optional<String> nodeId) {
        return nodeId.isPresent()
                ? MemberResources.find(picture, nodeId.get())
                : picture.member(picture.self())
                        .orElseThrow(() -> new ProblemException(404, "this member is not listed"));
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw new ProblemException(400, "parameter 'limit' must be between 1 and " + MAX_LIMIT);
    }
}
