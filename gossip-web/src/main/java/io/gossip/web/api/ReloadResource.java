/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.transport.store.NotStoredException;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/reload}: whoever runs this node reads its configuration again.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class ReloadResource {
    private static final System.Logger LOGGER = System.getLogger(ReloadResource.class.getName());

    private final @Nullable Supplier<Future<JsonObject>> reloader;
    private boolean underWay;

    /** {@code reloader} as {@code GossipWebVerticle.reloader} has it; null if nobody reads anything again. */
    public ReloadResource(@Nullable Supplier<Future<JsonObject>> reloader) {
        this.reloader = reloader;
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/reload").write(HttpMethod.POST, this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters.only(Set.of()).add(context.request().query());
        Supplier<Future<JsonObject>> present = reloader;
        if (present == null) {
            throw new ProblemException(
                    409, "this node has no configuration to read again; restart it with other options");
        }
        if (underWay) {
            throw new ProblemException(409, "the configuration is being read again already; ask when that is done");
        }
        underWay = true;
        reload(present)
                .onComplete(done -> underWay = false)
                .onComplete(
                        changes -> JsonAnswer.send(context, changes.toBuffer()),
                        failure -> context.fail(problem(failure)));
    }

    private static Future<JsonObject> reload(Supplier<Future<JsonObject>> reloader) {
        return Future.succeededFuture() // so that what is thrown is a failure, too
                .compose(nothing -> reloader.get())
                .map(ReloadResource::body);
    }

    private static JsonObject body(JsonObject changes) {
        return new JsonObject()
                .put("applied", names(changes, "applied"))
                .put("need_restart", names(changes, "need_restart"));
    }

    private static JsonArray names(JsonObject changes, String field) {
        JsonArray names = new JsonArray();
        if (changes.getValue(field) instanceof JsonArray given) {
            given.forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    private static ProblemException problem(Throwable failure) {
        String message = failure.getMessage();
        String reason = message == null ? failure.getClass().getSimpleName() : message;
        if (failure instanceof IllegalArgumentException) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the configuration is as it was, what was read cannot be used: " + reason);
            return new ProblemException(422, "nothing is changed: " + reason);
        }
        if (failure instanceof NotStoredException) {
            LOGGER.log(System.Logger.Level.WARNING, "the configuration was read again: " + reason);
            return new ProblemException(503, reason);
        }
        LOGGER.log(System.Logger.Level.ERROR, "the configuration could not be read again", failure);
        return new ProblemException(503, "the configuration could not be read again, see the log of the node");
    }
}
