/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.openapi;

import io.gossip.web.request.Access;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Who may do what, as the OpenAPI document says it.
 *
 * @param tokens whether bearer tokens are needed
 */
public record AccessRules(boolean tokens) {
    private static final String SCHEME = "bearer";

    /** Declares the bearer scheme if there are tokens, otherwise takes away what only they explain. */
    void describeIn(JsonObject document) {
        JsonObject components = document.getJsonObject("components");
        if (!tokens) {
            components.getJsonObject("responses").remove("Unauthorized");
            return;
        }
        JsonObject scheme = new JsonObject()
                .put("type", "http")
                .put("scheme", SCHEME)
                .put(
                        "description",
                        "One of the tokens that the node was set up with. The role 'write' includes the role 'read'.");
        components.put("securitySchemes", new JsonObject().put(SCHEME, scheme));
    }

    /** Declares what one operation needs, and how it refuses who has not got that. */
    void describe(JsonObject operation, Access needed) {
        JsonObject responses = operation.getJsonObject("responses");
        if (needed != Access.ANYONE) {
            responses.put("403", response("Forbidden"));
        }
        if (!tokens) {
            return;
        }
        JsonArray security = new JsonArray();
        if (needed != Access.ANYONE) {
            String role = needed.name().toLowerCase(Locale.ROOT);
            security.add(new JsonObject().put(SCHEME, new JsonArray().add(role)));
            responses.put("401", response("Unauthorized"));
        }
        operation.put("security", security);
    }

    private static JsonObject response(String name) {
        return new JsonObject().put("$ref", "#/components/responses/" + name);
    }
}
