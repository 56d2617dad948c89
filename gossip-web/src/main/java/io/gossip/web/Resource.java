/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** One path and what each method does there; any other method is answered 405. */
final class Resource {
    private final String path;
    private final Map<HttpMethod, Action> actions = new LinkedHashMap<>();

    private Resource(String path) {
        this.path = path;
    }

    static Resource at(String path) {
        return new Resource(path);
    }

    /** GET, and HEAD with it: what the action sends to HEAD must have no body. */
    Resource read(Action action) {
        actions.put(HttpMethod.GET, action);
        actions.put(HttpMethod.HEAD, action);
        return this;
    }

    /** A method that changes something: never HEAD, never for pages of a foreign origin. */
    Resource write(HttpMethod method, OriginGuard guard, Action action) {
        actions.put(method, context -> {
            guard.check(context);
            action.answer(context);
        });
        return this;
    }

    void mount(Router router) {
        router.route(path).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpMethod method = context.request().method();
        Action action = actions.get(method);
        if (action != null) {
            action.answer(context);
            return;
        }
        context.response()
                .putHeader(
                        "Allow",
                        String.join(
                                ", ",
                                actions.keySet().stream().map(HttpMethod::name).toList()));
        throw new ProblemException(405, method.name() + " is not allowed here");
    }

    /** Answers one request. A {@link ProblemException} thrown becomes the answer. */
    interface Action {
        void answer(RoutingContext context);
    }
}
