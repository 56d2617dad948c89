/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sends what the OpenAPI document allows, and what it does not, to a real node: the first is accepted, or does not go with
 * what there is (404, 409, 429), the second is refused, and every answer is one that the document describes. Values come
 * from a pool; the schema says which of them it allows.
 */
class ApiFuzzTest {
    private static final int ROUNDS = 25;
    private static final List<String> POOL = List.of(
            "",
            "a",
            "0",
            "1",
            "10",
            "10000",
            "10001",
            "-1",
            "1.5",
            "true",
            "false",
            "yes",
            "..",
            "a/b",
            "é",
            "aé\ud83d\ude00",
            "gossip:x",
            " ",
            "%",
            "+",
            "\u0000",
            "1s",
            "5ms",
            "61s",
            "60001ms",
            "1m",
            "2m",
            "live",
            "dead",
            "left",
            "all",
            "full",
            "short",
            "storage",
            "searcher",
            "api_gateway",
            "load_balancer",
            "nonsense",
            "127.0.0.1:80",
            "127.0.0.1:65536",
            "localhost:80",
            "x".repeat(1_025),
            "W/\"7-0-state\"",
            "1-2");

    private final long seed = Long.getLong("gossip.randomSeed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final GossipServer server = WebFixture.await(GossipServer.start(
            vertx,
            new GossipServerOptions(
                    new GossipOptions().setNode(new GossipNodeOptions().setNodeId("one")),
                    new GossipWebOptions().setPort(0)),
            new InMemoryNetwork(new Random(1)).transport()));
    private final ApiContract contract = new ApiContract(WebFixture.await(
                    client.get(server.httpPort(), "127.0.0.1", "/openapi.json").send())
            .bodyAsJsonObject());

    /** A request as it is put together. */
    private static final class Draft {
        String path = "";
        final List<String> query = new ArrayList<>();
        final List<String[]> headers = new ArrayList<>();
        String body = "";
        boolean allowed = true;
        boolean broken;
    }

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    @Test
    void acceptsWhatTheDocumentAllowsAndRefusesTheRest() {
        System.out.println("random seed " + seed);
        List<ApiContract.Operation> operations = contract.operations().stream()
                .filter(operation -> !operation.path().equals("/api/v1/events")) // a stream without end
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (ApiContract.Operation operation : operations) {
                send(operation, draft(operation, round % 2 == 1));
            }
        }
    }

    private void send(ApiContract.Operation operation, Draft draft) {
        String uri = draft.path + (draft.query.isEmpty() ? "" : "?" + String.join("&", draft.query));
        HttpMethod method = operation.httpMethod();
        HttpRequest<Buffer> request =
                client.request(method, server.httpPort(), "127.0.0.1", uri).followRedirects(false);
        draft.headers.forEach(header -> request.putHeader(header[0], header[1]));
        HttpResponse<Buffer> answer = contract.check(
                method,
                uri,
                WebFixture.await(
                        draft.body.isEmpty() && draft.headers.isEmpty()
                                ? request.send()
                                : request.sendBuffer(Buffer.buffer(draft.body))));
        boolean late = operation.path().startsWith("/health/") && answer.statusCode() == 503; // when the machine stalls
        if (draft.allowed && !late) {
            assertThat(answer.statusCode())
                    .as(operation + " " + uri + " " + draft.body)
                    .isIn(200, 201, 204, 303, 304, 404, 409, 429);
        } else if (!late) {
            assertThat(answer.statusCode())
                    .as(operation + " " + uri + " " + draft.body)
                    .isBetween(400, 499);
        }
    }

    private Draft draft(ApiContract.Operation operation, boolean mayBreak) {
        Draft draft = new Draft();
        draft.path = operation.path();
        JsonArray parameters = operation.json().getJsonArray("parameters", new JsonArray());
        for (int i = 0; i < parameters.size(); i++) {
            JsonObject given = parameters.getJsonObject(i);
            String pointer = given.containsKey("$ref")
                    ? given.getString("$ref").substring(1)
                    : operation.pointer() + "/parameters/" + i;
            boolean breaks = mayBreak && !draft.broken && random.nextInt(3) == 0;
            add(draft, contract.followed(given), pointer + "/schema", breaks);
        }
        if (operation.json().containsKey("requestBody")) {
            addBody(draft, operation, mayBreak && !draft.broken);
        }
        boolean strict =
                operation.path().startsWith("/api/v1") && !operation.method().equals("options");
        if (mayBreak && !draft.broken && strict) {
            draft.query.add("unknown=1");
            draft.broken = true;
            draft.allowed = false;
        }
        return draft;
    }

    private void add(Draft draft, JsonObject parameter, String schema, boolean breaks) {
        boolean required = parameter.getBoolean("required", false);
        String in = parameter.getString("in");
        JsonObject type = contract.followed(parameter.getJsonObject("schema"));
        if (type.getString("type", "").equals("object")) {
            addObject(draft, type, schema);
            return;
        }
        if (!required && !breaks && random.nextBoolean()) {
            return;
        }
        String kind = type.getString("type", "string");
        Predicate<String> fits = value -> contract.fits(schema, json(kind, value));
        List<String> choice = POOL.stream()
                .filter(value -> fits.test(value) != breaks)
                .filter(value -> !(in.equals("header") && value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)))
                .toList();
        if (choice.isEmpty() && breaks) {
            add(draft, parameter, schema, false); // there is nothing that it does not allow
            return;
        }
        String value = choice.get(random.nextInt(choice.size()));
        draft.broken |= breaks;
        draft.allowed &= !breaks;
        switch (in) {
            case "path" ->
                draft.path = draft.path.replace("{" + parameter.getString("name") + "}", ApiReadTest.encoded(value));
            case "query" -> draft.query.add(parameter.getString("name") + "=" + ApiReadTest.encoded(value));
            default -> draft.headers.add(new String[] {parameter.getString("name"), value});
        }
    }

    private void addObject(Draft draft, JsonObject type, String schema) {
        JsonObject object = new JsonObject();
        for (String name : type.getJsonObject("properties").fieldNames()) {
            if (random.nextInt(4) > 0) {
                String kind =
                        type.getJsonObject("properties").getJsonObject(name).getString("type");
                String value = POOL.get(random.nextInt(POOL.size()));
                Object typed = kind.equals("integer") && value.matches("-?(0|[1-9][0-9]{0,8})")
                        ? Integer.valueOf(value)
                        : value;
                object.put(name, typed);
                draft.query.add(name + "=" + ApiReadTest.encoded(value));
            }
        }
        boolean fits = contract.fits(schema, object.encode());
        draft.allowed &= fits;
        draft.broken |= !fits;
    }

    private void addBody(Draft draft, ApiContract.Operation operation, boolean breaks) {
        JsonObject content = operation.json().getJsonObject("requestBody").getJsonObject("content");
        List<String> types = List.copyOf(content.fieldNames());
        String type = types.get(random.nextInt(types.size()));
        String value = POOL.get(random.nextInt(POOL.size()));
        if (breaks) {
            draft.allowed = false;
            draft.broken = true;
            type = random.nextBoolean() && !types.contains("application/xml") ? "application/xml" : type;
        }
        draft.headers.add(new String[] {"Content-Type", type});
        switch (type) {
            case "text/plain" -> {
                draft.body = value;
                if (breaks) {
                    draft.headers.set(
                            draft.headers.size() - 1, new String[] {"Content-Type", "text/plain;charset=utf-16"});
                }
            }
            case "application/json" ->
                draft.body = breaks
                        ? List.of("{}", "[]", "{\"value\":1}", "{\"value\":\"\",\"x\":1}", "{")
                                .get(random.nextInt(5))
                        : new JsonObject().put("value", value).encode();
            case "application/x-www-form-urlencoded" ->
                draft.body = breaks
                        ? "value=1"
                        : "key=k" + ApiReadTest.encoded(value) + "&value=" + ApiReadTest.encoded(value);
            default -> draft.body = "<value/>";
        }
    }

    private static String json(String kind, String value) {
        boolean literal = (kind.equals("integer") && value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?"))
                || (kind.equals("boolean") && (value.equals("true") || value.equals("false")));
        String array = new JsonArray().add(value).encode();
        return literal ? value : array.substring(1, array.length() - 1);
    }
}
