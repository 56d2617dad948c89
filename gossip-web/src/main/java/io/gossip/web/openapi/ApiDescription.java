/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.openapi;

import io.gossip.web.page.StaticContent;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /openapi.json} and, for people, {@code /docs}: a page that shows it and loads nothing from elsewhere. */
public final class ApiDescription {
    private static final String CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline';"
            + " script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final StaticContent document;
    private final StaticContent page = new StaticContent(
            StaticContent.load("docs.html"),
            Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", CONTENT_POLICY));

    private ApiDescription(Resources resources, NodeRules rules, AccessRules access) {
        resources.add(Resource.at("/openapi.json").readByAnyone(this::answerDocument));
        resources.add(Resource.at("/docs").readByAnyone(page::answer));
        JsonObject written = new JsonObject(StaticContent.load("openapi.json"));
        JsonObject described = new OpenApiDocument(written, rules, access).limitedTo(resources);
        document = new StaticContent(described.toBuffer(), Map.of("Content-Type", Negotiation.JSON));
    }

    /** Describes all resources that there are, and itself. To be called when there are no more to come. */
    public static void addTo(Resources resources, NodeRules rules, AccessRules access) {
        new ApiDescription(resources, rules, access);
    }

    private void answerDocument(RoutingContext context) {
        document.answer(context);
    }
}
