/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.openapi;

import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The OpenAPI document: what is written by hand, and what follows from that. HEAD follows from GET, OPTIONS is everywhere,
 * and so are the refusals of a request that is too long. What a node does not have, because it is switched off, is left
 * out; what it lets its member write, and whom it lets in, is told as it is set up.
 */
final class OpenApiDocument {
    private static final Map<String, String> EVERYWHERE = Map.of("414", "UriTooLong", "431", "HeadersTooLarge");

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final JsonObject written;
    private final AccessRules access;

    /**
     * A document.
     *
     * @param written as it was written by hand
     * @param rules what the node lets its member write
     * @param access whom it lets in
     */
    OpenApiDocument(JsonObject written, NodeRules rules, AccessRules access) {
        this.written = written.copy();
        this.access = access;
        rules.describeIn(this.written);
        access.describeIn(this.written);
    }

    /** The document of a node that has these resources. */
    JsonObject limitedTo(Resources resources) {
        Map<String, Resource> byPath = resources.all().stream()
                .collect(Collectors.toMap(resource -> resource.path().text(), resource -> resource));
        JsonObject paths = written.getJsonObject("paths");
        for (String path : List.copyOf(paths.fieldNames())) {
            Resource resource = byPath.get(path);
            if (resource == null) {
                paths.remove(path);
            } else {
                complete(path, paths.getJsonObject(path), resource);
            }
        }
        return written;
    }

    private void complete(String path, JsonObject operations, Resource resource) {
        Set<HttpMethod> methods = resource.methods();
        for (String name : List.copyOf(operations.fieldNames())) {
            if (!methods.contains(method(name))) {
                operations.remove(name);
            }
        }
        String anyId = operations.stream()
                .map(operation -> ((JsonObject) operation.getValue()).getString("operationId"))
                .findFirst()
                .orElse("none");
        if (methods.contains(HttpMethod.HEAD)) {
            operations.put("head", head(operations.getJsonObject("get")));
        }
        operations.put("options", options(path, anyId, operations));
        for (String name : operations.fieldNames()) {
            JsonObject operation = operations.getJsonObject(name);
            addRefusals(operation);
            access.describe(operation, resource.needed(method(name)));
        }
    }

    private static HttpMethod method(String name) {
        return HttpMethod.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static JsonObject head(JsonObject get) {
        JsonObject head = get.copy();
        head.put("operationId", get.getString("operationId") + "Head");
        head.put("summary", get.getString("summary") + ": the headers");
        JsonObject responses = head.getJsonObject("responses");
        for (String status : responses.fieldNames()) {
            JsonObject response = responses.getJsonObject(status);
            if (status.startsWith("2")) {
                response.remove("content");
                response.remove("links");
            }
        }
        return head;
    }

    private static JsonObject options(String path, String id, JsonObject operations) {
        return new JsonObject()
                .put(
                        "tags",
                        operations.stream()
                                .map(operation -> ((JsonObject) operation.getValue()).getJsonArray("tags"))
                                .findFirst()
                                .orElse(new JsonArray()))
                .put("operationId", id + "Options")
                .put("summary", "The methods of this path")
                .put("parameters", anyText(path))
                .put("responses", new JsonObject().put("204", reference("responses", "Options")));
    }

    // Any text will do: OPTIONS does not look at what the path names.
    private static JsonArray anyText(String path) {
        JsonArray parameters = new JsonArray();
        Matcher variables = VARIABLE.matcher(path);
        while (variables.find()) {
            parameters.add(new JsonObject()
                    .put("name", variables.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .put("schema", new JsonObject().put("type", "string")));
        }
        return parameters;
    }

    private static void addRefusals(JsonObject operation) {
        JsonObject responses = operation.getJsonObject("responses");
        EVERYWHERE.forEach((status, name) -> responses.put(status, reference("responses", name)));
    }

    private static JsonObject reference(String kind, String name) {
        return new JsonObject().put("$ref", "#/components/" + kind + "/" + name);
    }
}
