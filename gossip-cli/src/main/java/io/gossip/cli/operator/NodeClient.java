/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Asks one node. Whatever is not a good answer is an {@link OperatorException} that says what to change.
 *
 * <p>Redirects are not followed: nobody but the node itself shall see the token.
 */
final class NodeClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeUrl url;
    private final Duration timeout;
    private final Optional<String> token;
    private final HttpClient http;
    private final ConnectionTrouble trouble;

    NodeClient(NodeUrl url, Duration timeout, Optional<String> token, Optional<SSLContext> tls) {
        this(url, timeout, token, http(timeout, tls));
    }

    private NodeClient(NodeUrl url, Duration timeout, Optional<String> token, HttpClient http) {
        this.url = url;
        this.timeout = timeout;
        this.token = token;
        this.http = http;
        trouble = new ConnectionTrouble(url, timeout);
    }

    /** A client of another member, with the same trust. It gets the token only if it shall. */
    NodeClient of(NodeUrl other, boolean withToken) {
        return new NodeClient(other, timeout, withToken ? token : Optional.empty(), http);
    }

    NodeUrl url() {
        return url;
    }

    /** Reads JSON. */
    JsonNode get(String path, Map<String, String> parameters) {
        return send("GET", path, parameters, BodyPublishers.noBody()).json();
    }

    /** Changes something. */
    Answer send(String method, String path, Map<String, String> parameters, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = request(path, parameters, timeout)
                .header("Accept", "application/json")
                .method(method, body);
        if (method.equals("PUT")) {
            request.header("Content-Type", "text/plain;charset=UTF-8");
        }
        return accepted(exchange(request.build(), BodyHandlers.ofString()));
    }

    /**
     * Waits until something is another than it was.
     *
     * @param tag of the answer before; empty for none
     * @return the answer; empty if all is as it was
     */
    Optional<Answer> await(String path, Map<String, String> parameters, String tag, Duration wait) {
        HttpRequest.Builder request = request(path, parameters, timeout.plus(wait))
                .header("Accept", "application/json")
                .GET();
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        HttpResponse<String> response = exchange(request.build(), BodyHandlers.ofString());
        return response.statusCode() == 304 ? Optional.empty() : Optional.of(accepted(response));
    }

    /** Opens an event stream; the caller closes it. It may be silent for as long as it likes. */
    InputStream open(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, Map.of(), timeout)
                .header("Accept", "text/event-stream")
                .GET();
        headers.forEach(request::header);
        HttpResponse<InputStream> response = exchange(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw trouble.refusal(
                    response.statusCode(),
                    detail(new String(body.readNBytes(100_000), StandardCharsets.UTF_8)),
                    token.isPresent());
        } catch (IOException broken) {
            throw trouble.of(broken);
        }
    }

    private HttpRequest.Builder request(String path, Map<String, String> parameters, Duration limit) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.at(path, parameters)).timeout(limit);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException failure) {
            throw trouble.of(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw OperatorException.lasting("interrupted");
        }
    }

    private Answer accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw trouble.refusal(response.statusCode(), detail(response.body()), token.isPresent());
        }
        try {
            JsonNode json = JSON.readTree(response.body());
            if (json != null && json.isObject()) {
                return new Answer(response.headers().firstValue("ETag").orElse(""), response.body(), json);
            }
        } catch (JsonProcessingException notJson) {
            // told below
        }
        throw trouble.notANode();
    }

    private static Optional<String> detail(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            return Optional.ofNullable(problem)
                    .map(json -> json.path("detail").asText())
                    .filter(text -> !text.isBlank());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static HttpClient http(Duration timeout, Optional<SSLContext> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        tls.ifPresent(builder::sslContext);
        return builder.build();
    }

    /**
     * A good answer.
     *
     * @param tag its ETag, empty if it has none
     * @param text the body
     * @param json the same, parsed
     */
    record Answer(String tag, String text, JsonNode json) {}
}
