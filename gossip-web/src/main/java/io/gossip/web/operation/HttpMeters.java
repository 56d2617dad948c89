/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The meters of the web interface (contracts §5). They appear when the cluster is known, whose name they bear; what was
 * counted until then is in them.
 *
 * <p><b>Threads:</b> confined to one context; meters are read on any thread.
 */
public final class HttpMeters {
    private static final System.Logger LOGGER = System.getLogger(HttpMeters.class.getName());
    private static final String STREAMS = "gossip.http.streams";

    private final MeterRegistry registry;
    private final HttpTraffic traffic;
    private final IntSupplier streams;
    private final List<Meter> meters = new ArrayList<>();
    private String clusterId = "";

    public HttpMeters(MeterRegistry registry, HttpTraffic traffic, IntSupplier streams) {
        this.streams = streams;
        this.registry = registry;
        this.traffic = traffic;
    }

    public void register(String cluster) {
        if (!meters.isEmpty() && cluster.equals(clusterId)) {
            return;
        }
        close();
        Tags tags = Tags.of("cluster", cluster);
        if (registry.find(STREAMS).tags(tags).meter() != null) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the meter registry has those of another web interface of cluster '" + cluster
                            + "', give each a registry of its own; the requests of this one are not shown");
            return;
        }
        clusterId = cluster;
        meters.add(Gauge.builder(STREAMS, streams, IntSupplier::getAsInt)
                .description("Open event streams")
                .tags(tags)
                .register(registry));
        traffic.onSeries(series -> add(series, tags));
    }

    public void close() {
        traffic.onSeries(series -> {});
        meters.forEach(registry::remove);
        meters.clear();
    }

    private void add(HttpTraffic.Series series, Tags tags) {
        meters.add(FunctionCounter.builder("gossip.http.requests", traffic, it -> it.requests(series))
                .description("HTTP requests answered")
                .tags(tags.and(
                        "method",
                        series.method(),
                        "route",
                        series.route(),
                        "status",
                        Integer.toString(series.status())))
                .register(registry));
    }
}
