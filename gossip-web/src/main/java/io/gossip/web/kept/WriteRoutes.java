/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.kept;

import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.WriteReply;
import io.gossip.web.request.FormBody;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.Problem;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be written: {@code /set_kv} and {@code /update_service} (contracts §2), on this member only. */
public final class WriteRoutes {
    private static final Set<String> KEY_PARAMETERS = Set.of("key", "value");
    private static final Set<String> SERVICE_PARAMETERS = Set.of("service_type", "shard", "host");

    private final GossipService service;
    private final boolean setKeyByGet;

    public WriteRoutes(GossipService service, boolean setKeyByGet) {
        this.service = service;
        this.setKeyByGet = setKeyByGet;
    }

    public void addTo(Resources resources) {
        for (String path : new String[] {"/set_kv", "/set_kv/"}) {
            Resource keys = Resource.at(path);
            if (setKeyByGet) {
                keys.write(HttpMethod.GET, this::setKeyFromQuery);
            }
            resources.add(
                    keys.write(HttpMethod.POST, this::setKeyFromForm).write(HttpMethod.PUT, this::setKeyFromForm));
        }
        resources.add(Resource.at("/update_service").write(HttpMethod.GET, this::updateService));
    }

    private void setKeyFromQuery(RoutingContext context) {
        setKey(context, new Parameters(KEY_PARAMETERS).add(context.request().query()))
                .onFailure(context::fail);
    }

    private void setKeyFromForm(RoutingContext context) {
        FormBody.read(context.request())
                .compose(form -> setKey(
                        context,
                        new Parameters(KEY_PARAMETERS)
                                .add(context.request().query())
                                .add(form)))
                .onFailure(context::fail);
    }

    private Future<Void> setKey(RoutingContext context, Parameters parameters) {
        String key = parameters
                .get("key")
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> new ProblemException(400, "parameter 'key' is missing or empty"));
        String value = parameters
                .get("value")
                .orElseThrow(() -> new ProblemException(400, "parameter 'value' is missing; it may be empty"));
        return service.set(key, value).map(reply -> answer(context, 200, new JsonObject().put("status", true)));
    }

    private void updateService(RoutingContext context) {
        offer(context.request().query())
                .onComplete(
                        reply -> answer(context, 200, status(true, "Service updated successfully")),
                        failure -> refuse(context, failure));
    }

    private Future<WriteReply> offer(@Nullable String query) {
        try {
            Parameters parameters = new Parameters(SERVICE_PARAMETERS).add(query);
            String type = parameters.get("service_type").orElse(""); // refused with the list of what is allowed
            String host = parameters.get("host").orElse(null);
            return service.setService(type, shard(parameters.get("shard")), host);
        } catch (ProblemException malformed) {
            return Future.failedFuture(malformed);
        }
    }

    private static long shard(Optional<String> text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text.get());
        } catch (NumberFormatException notANumber) {
            throw new ProblemException(400, "Invalid shard '" + text.get() + "', allowed: 0 and above");
        }
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        Problem problem = Problem.of(failure, 500);
        if (problem.status() == 400) {
            answer(context, 400, status(false, problem.detail()));
        } else {
            context.fail(failure);
        }
    }

    private static JsonObject status(boolean done, String message) {
        return new JsonObject().put("status", done).put("message", message);
    }

    @SuppressWarnings("NullAway") // the type of "no value" in futures
    private static Void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body.toBuffer());
        return null;
    }
}
