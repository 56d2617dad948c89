/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client of the event stream that keeps all it reads. */
public final class EventReader {
    private final StringBuilder text = new StringBuilder(); // guarded by itself
    private final HttpClient client;
    private final HttpClientResponse response;
    private volatile boolean ended;

    /** One event. */
    public record Event(String name, String id, JsonObject data) {}

    private EventReader(HttpClient client, HttpClientResponse response) {
        this.client = client;
        this.response = response;
        response.handler(chunk -> add(chunk.toString()));
        response.endHandler(end -> ended = true);
    }

    private void add(String chunk) {
        synchronized (text) {
            text.append(chunk);
        }
    }

    public static EventReader open(Vertx vertx, int port, String uri, Map<String, String> headers) {
        HttpClient client =
                vertx.createHttpClient(new HttpClientOptions().setReceiveBufferSize(64 << 10)); // or it would grow
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(uri);
        headers.forEach(options::putHeader);
        return WebFixture.await(client.request(options)
                .compose(request -> request.send().map(response -> new EventReader(client, response))));
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return String.valueOf(response.getHeader(name));
    }

    public String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    public int length() {
        synchronized (text) {
            return text.length();
        }
    }

    public boolean ended() {
        return ended;
    }

    public void pause() {
        response.pause();
    }

    public void resume() {
        response.resume();
    }

    public void close() {
        WebFixture.await(client.close());
    }

    /** All events read whole so far. */
    public List<Event> events() {
        String read = text();
        int whole = read.lastIndexOf("\n\n");
        return whole < 0
                ? List.of()
                : Stream.of(read.substring(0, whole).split("\n\n", -1))
                        .filter(event -> event.contains("data: "))
                        .map(EventReader::event)
                        .toList();
    }

    private static Event event(String text) {
        return new Event(field(text, "event"), field(text, "id"), new JsonObject(field(text, "data")));
    }

    private static String field(String event, String name) {
        return Pattern.compile("(?md)^" + name + ": (.*)$")
                .matcher(event)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
