/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.engine.WriteResult;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.WriteReply;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.ValueBody;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * PUT and DELETE of this member's own keys.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class KeyWrites {
    private static final Set<String> BY_PATH = Set.of("ttl");
    private static final Set<String> BY_QUERY = Set.of("key", "ttl");

    private final GossipService service;

    public KeyWrites(GossipService service) {
        this.service = service;
    }

    void putByPath(RoutingContext context) {
        Parameters parameters = parameters(context, BY_PATH);
        put(context, Resource.pathValue(context, "key"), parameters.flag("ttl"));
    }

    void putByQuery(RoutingContext context) {
        Parameters parameters = parameters(context, BY_QUERY);
        put(context, key(parameters), parameters.flag("ttl"));
    }

    void deleteByPath(RoutingContext context) {
        Parameters parameters = parameters(context, BY_PATH);
        delete(context, Resource.pathValue(context, "key"), parameters.flag("ttl"));
    }

    void deleteByQuery(RoutingContext context) {
        Parameters parameters = parameters(context, BY_QUERY);
        delete(context, key(parameters), parameters.flag("ttl"));
    }

    private void put(RoutingContext context, String givenKey, boolean ttl) {
        Negotiation.require(context, Negotiation.JSON);
        String key = KeyResources.checked(givenKey);
        ValueBody.read(context.request())
                .compose(value -> ttl ? service.setWithTtl(key, value) : service.set(key, value))
                .onComplete(reply -> answer(context, reply), context::fail);
    }

    private void delete(RoutingContext context, String givenKey, boolean ttl) {
        Negotiation.require(context, Negotiation.JSON);
        String key = KeyResources.checked(givenKey);
        Future<WriteReply> deletion = ttl ? service.deleteAfterTtl(key) : service.delete(key);
        deletion.onComplete(reply -> answer(context, reply), context::fail);
    }

    private static Parameters parameters(RoutingContext context, Set<String> names) {
        return Parameters.only(names).add(context.request().query());
    }

    private static String key(Parameters parameters) {
        return parameters.get("key").orElseThrow(() -> new ProblemException(400, "parameter 'key' is missing"));
    }

    private static void answer(RoutingContext context, WriteReply reply) {
        context.response().setStatusCode(reply.outcome() == WriteResult.Outcome.CREATED ? 201 : 200);
        JsonAnswer.send(context, reply.toJson().toBuffer());
    }
}
