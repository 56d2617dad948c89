/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the OpenAPI document of a running node promises, held against what the node answers. */
public final class ApiContract {
    private static final String LOCATION = "mem:/openapi.json";
    private static final Set<String> METHODS =
            Set.of("get", "head", "options", "put", "post", "delete", "patch", "trace");

    private final JsonObject document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new HashMap<>();

    public ApiContract(JsonObject document) {
        this.document = document;
        registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(LOCATION, document.encode())));
    }

    /** One operation of the document; the pointer leads to it. */
    public record Operation(String path, String method, JsonObject json, String pointer) {
        boolean isAt(String rawPath) {
            StringBuilder regex = new StringBuilder();
            for (String part : path.split("(?=\\{)|(?<=})", -1)) {
                regex.append(part.startsWith("{") ? (part.equals("{key}") ? ".*" : "[^/]*") : Pattern.quote(part));
            }
            return rawPath.matches("(?s)" + regex);
        }

        HttpMethod httpMethod() {
            return HttpMethod.valueOf(method.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                String pointer = "/paths/" + escaped(path) + "/" + method;
                found.add(new Operation(path, method, paths.getJsonObject(path).getJsonObject(method), pointer));
            }
        }
        return found;
    }

    /** Follows a reference, if it is one. */
    public JsonObject followed(JsonObject value) {
        String reference = value.getString("$ref");
        if (reference == null) {
            return value;
        }
        JsonObject at = document;
        for (String name : reference.substring(2).split("/", -1)) {
            at = at.getJsonObject(name);
        }
        return at;
    }

    /** Whether a value, as JSON text, fits the schema at a place in the document. */
    public boolean fits(String pointer, String json) {
        return errors(pointer, json).isEmpty();
    }

    /** Checks status, headers, media type and body of an answer. Returns it. */
    public HttpResponse<Buffer> check(HttpMethod method, String uri, HttpResponse<Buffer> answer) {
        if (!answer.followedRedirects().isEmpty()) {
            return answer; // it is that of another path
        }
        String rawPath = uri.split("[?#]", 2)[0];
        String what =
                method + " " + (uri.length() > 200 ? uri.substring(0, 200) + "…" : uri) + " → " + answer.statusCode();
        List<Operation> here = operations().stream()
                .filter(operation -> operation.isAt(rawPath))
                .toList();
        Optional<Operation> operation = here.stream()
                .filter(candidate -> candidate.httpMethod().equals(method))
                .findFirst();
        assertThat(answer.statusCode()).as(what).isNotEqualTo(500);
        if (operation.isPresent()) {
            checkDeclared(what, operation.get(), answer);
        } else if (here.isEmpty()) {
            checkProblem(what, answer, Set.of(400, 404, 405, 414, 431));
        } else {
            checkProblem(what, answer, Set.of(405, 400, 414, 431));
            assertThat(allowed(answer)).as(what).isEqualTo(declared(here));
        }
        return answer;
    }

    /** The methods that the document has for the path of an operation. */
    public Set<String> declaredBeside(Operation operation) {
        return declared(operations().stream()
                .filter(other -> other.path().equals(operation.path()))
                .toList());
    }

    public static Set<String> allowed(HttpResponse<Buffer> answer) {
        String allow = answer.getHeader("Allow");
        return allow == null ? Set.of() : new TreeSet<>(List.of(allow.split(", ", -1)));
    }

    public static Set<String> methods() {
        return METHODS;
    }

    private static Set<String> declared(List<Operation> here) {
        Set<String> names = new TreeSet<>();
        here.forEach(operation -> names.add(operation.httpMethod().name()));
        return names;
    }

    private void checkDeclared(String what, Operation operation, HttpResponse<Buffer> answer) {
        JsonObject responses = operation.json().getJsonObject("responses");
        String status = String.valueOf(answer.statusCode());
        assertThat(responses.fieldNames()).as(what + " is documented").contains(status);
        JsonObject given = responses.getJsonObject(status);
        JsonObject response = followed(given);
        String pointer = given.containsKey("$ref")
                ? given.getString("$ref").substring(1)
                : operation.pointer() + "/responses/" + status;
        checkHeaders(what, response, pointer, answer);
        if (!operation.method().equals("head")) {
            checkBody(what, response, pointer, answer);
        } else {
            assertThat(answer.body()).as(what).isNull();
        }
    }

    private void checkHeaders(String what, JsonObject response, String pointer, HttpResponse<Buffer> answer) {
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        for (String name : headers.fieldNames()) {
            JsonObject given = headers.getJsonObject(name);
            JsonObject header = followed(given);
            String value = answer.getHeader(name);
            if (header.getBoolean("required", false)) {
                assertThat(value).as(what + ", header " + name).isNotNull();
            }
            if (value != null) {
                String at = given.containsKey("$ref")
                        ? given.getString("$ref").substring(1)
                        : pointer + "/headers/" + escaped(name);
                boolean number = "integer".equals(header.getJsonObject("schema").getString("type"));
                String json = number ? value : new JsonArray().add(value).encode();
                String text = number ? json : json.substring(1, json.length() - 1);
                assertThat(errors(at + "/schema", text))
                        .as(what + ", header " + name)
                        .isEmpty();
            }
        }
    }

    private void checkBody(String what, JsonObject response, String pointer, HttpResponse<Buffer> answer) {
        JsonObject content = response.getJsonObject("content");
        if (content == null) {
            assertThat(answer.body())
                    .as(what)
                    .satisfiesAnyOf(
                            body -> assertThat(body).isNull(),
                            body -> assertThat(body.length()).isZero());
            return;
        }
        String type = answer.getHeader("Content-Type");
        assertThat(type).as(what).isNotNull();
        String mediaType = type.split(";", 2)[0];
        assertThat(content.fieldNames()).as(what).contains(mediaType);
        if (mediaType.endsWith("json")) {
            assertThat(errors(pointer + "/content/" + escaped(mediaType) + "/schema", answer.bodyAsString()))
                    .as(what)
                    .isEmpty();
        }
    }

    private void checkProblem(String what, HttpResponse<Buffer> answer, Set<Integer> statuses) {
        assertThat(statuses).as(what).contains(answer.statusCode());
        if (answer.body() != null) {
            assertThat(answer.getHeader("Content-Type")).as(what).isEqualTo("application/problem+json");
            assertThat(errors("/components/schemas/Problem", answer.bodyAsString()))
                    .as(what)
                    .isEmpty();
        }
    }

    private List<String> errors(String pointer, String json) {
        Schema schema =
                schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(LOCATION + "#" + at)));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
