/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds who can write meters as Prometheus text. The only class that needs the Prometheus registry of Micrometer. */
final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private PrometheusText() {}

    /** What scrapes the registry, or the first Prometheus registry among its parts; empty if there is none. */
    static Optional<Supplier<String>> of(MeterRegistry registry) {
        try {
            return find(registry).map(found -> found::scrape);
        } catch (NoClassDefFoundError notOnTheClassPath) {
            return Optional.empty(); // then no registry can be one
        }
    }

    private static Optional<PrometheusMeterRegistry> find(MeterRegistry registry) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            return Optional.of(prometheus);
        }
        if (registry instanceof CompositeMeterRegistry composite) {
            return composite.getRegistries().stream()
                    .map(PrometheusText::find)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }
}
