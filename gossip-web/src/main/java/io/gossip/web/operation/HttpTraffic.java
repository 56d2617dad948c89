/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts answered requests, whether or not anyone looks.
 *
 * <p>A request is known by method, the pattern of its path, and status: all three from small sets, however clients make
 * their requests up.
 *
 * <p><b>Threads:</b> written on one context, read on any.
 */
public final class HttpTraffic {
    public static final String NO_ROUTE = "none";
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.PATCH,
            HttpMethod.OPTIONS);

    private final Map<Series, LongAdder> requests = new ConcurrentHashMap<>();
    private Consumer<Series> newSeries = series -> {};

    /** Requests that look the same to the meters. */
    record Series(String method, String route, int status) {}

    /** Has each series handed over: those there are, and later ones as they come. */
    void onSeries(Consumer<Series> consumer) {
        newSeries = consumer;
        requests.keySet().forEach(consumer);
    }

    public void answered(HttpMethod method, String route, int status) {
        Series series = new Series(METHODS.contains(method) ? method.name() : "OTHER", route, status);
        LongAdder count = requests.get(series);
        if (count == null) {
            count = new LongAdder();
            requests.put(series, count);
            newSeries.accept(series);
        }
        count.increment();
    }

    long requests(Series series) {
        LongAdder count = requests.get(series);
        return count == null ? 0 : count.sum();
    }
}
