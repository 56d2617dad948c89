/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.gossip.web.operation.MetricsResource;
import io.gossip.web.request.Resources;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two members that gossip, and what a Prometheus server would read of the first. */
class MetricsTest {
    private static final Pattern METRIC = Pattern.compile("\\bgossip_[a-z_]+");
    private static final Path DOCS = Path.of("..", "docs");

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final InMemoryNetwork network = new InMemoryNetwork(new Random(1));
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private static GossipServerOptions options(String name, int gossipPort) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setClusterId("metered")
                .setListenAddress("127.0.0.1:" + gossipPort)
                .setSeedNodes(List.of("127.0.0.1:7001"))
                .setGossipIntervalMillis(20)
                .setPhiThreshold(1_000);
        GossipOptions gossip =
                new GossipOptions().setAddressPrefix(name).setNode(node).setInitialKeyValues(Map.of("initial", "1"));
        return new GossipServerOptions(gossip, new GossipWebOptions().setPort(0));
    }

    private GossipServer start(MeterRegistry registry) {
        return WebFixture.await(GossipServer.start(vertx, options("one", 7001), network.transport(), registry));
    }

    private HttpResponse<Buffer> get(GossipServer server, String uri) {
        return WebFixture.await(client.get(server.httpPort(), "127.0.0.1", uri).send());
    }

    private String scrape(GossipServer server) {
        return get(server, "/metrics").bodyAsString();
    }

    /** Starts two members and waits until they know each other, which the meters tell a second later. */
    private GossipServer startCluster() {
        GossipServer server = start(prometheus);
        WebFixture.await(GossipServer.start(vertx, options("two", 7002), network.transport()));
        WebFixture.await(
                "both are live",
                () -> scrape(server).contains("gossip_members{cluster=\"metered\",state=\"live\"} 2.0"));
        return server;
    }

    @Test
    void servesEveryMeterOfTheContractAsPrometheusText() {
        GossipServer server = startCluster();
        get(server, "/members");
        get(server, "/nothing/here");

        HttpResponse<Buffer> answer = get(server, "/metrics");

        assertThat(answer.getHeader("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.bodyAsString().lines().filter(line -> line.startsWith("gossip_")))
                .allSatisfy(line -> assertThat(line).contains("cluster=\"metered\""));
        assertThat(namesIn(answer.bodyAsString()))
                .contains(
                        "gossip_rounds_total",
                        "gossip_round_duration_seconds_count",
                        "gossip_datagrams_total",
                        "gossip_bytes_total",
                        "gossip_datagrams_refused_total",
                        "gossip_bad_cluster_total",
                        "gossip_members",
                        "gossip_members_capped_total",
                        "gossip_members_revived_total",
                        "gossip_phi",
                        "gossip_delta_entries_total",
                        "gossip_resets_total",
                        "gossip_digest_bytes",
                        "gossip_digest_partial_total",
                        "gossip_keys",
                        "gossip_state_bytes",
                        "gossip_publications_total",
                        "gossip_replies_limited_total",
                        "gossip_send_failures_total",
                        "gossip_http_requests_total",
                        "gossip_http_streams");
        assertThat(answer.bodyAsString())
                .contains(
                        "gossip_http_requests_total{cluster=\"metered\",method=\"GET\",route=\"/members\",status=\"200\"} 1.0")
                .contains(
                        "gossip_http_requests_total{cluster=\"metered\",method=\"GET\",route=\"none\",status=\"404\"} 1.0");
    }

    @Test
    void theDashboardAndTheAlertsAskForMetricsThatExist() throws IOException {
        Set<String> scraped = namesIn(scrape(startCluster()));
        JsonObject dashboard = new JsonObject(Files.readString(DOCS.resolve("grafana-dashboard.json")));
        Set<String> asked = expressions(dashboard)
                .flatMap(expression -> names(expression))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> alerted = names(Files.readString(DOCS.resolve("prometheus-alerts.yml")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).hasSizeGreaterThan(15).isSubsetOf(scraped);
        assertThat(alerted).hasSizeGreaterThan(4).isSubsetOf(scraped);
    }

    @Test
    void findsThePrometheusRegistryInAComposite() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(new SimpleMeterRegistry()).add(prometheus);

        assertThat(scrape(start(composite))).contains("gossip_rounds_total{cluster=\"metered\"}");
    }

    @Test
    void whoScrapesWhileAnotherDoesSharesTheText() throws Exception {
        int scrapers = 30; // more than there are worker threads
        AtomicInteger scrapes = new AtomicInteger();
        CountDownLatch arrived = new CountDownLatch(scrapers);
        Gauge.builder("slow", () -> slowly(arrived, scrapes)).register(prometheus);
        Resources resources = new Resources((context, needed) -> {});
        new MetricsResource(vertx, prometheus).addTo(resources);
        Router router = Router.router(vertx);
        router.route().handler(resources::answer);
        int port = WebFixture.await(vertx.createHttpServer()
                        .requestHandler(request -> {
                            router.handle(request);
                            arrived.countDown();
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        WebClient many = WebClient.create(vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(scrapers));

        List<Future<HttpResponse<Buffer>>> answers = Stream.generate(
                        () -> many.get(port, "127.0.0.1", "/metrics").send())
                .limit(scrapers)
                .toList();

        assertThat(WebFixture.await(Future.all(answers)).<HttpResponse<Buffer>>list())
                .allSatisfy(answer -> assertThat(answer.bodyAsString()).contains("slow 1.0"));
        assertThat(scrapes).hasValue(1);
        many.close();
    }

    private static int slowly(CountDownLatch arrived, AtomicInteger scrapes) {
        try {
            assertThat(arrived.await(WebFixture.BOUND_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        return scrapes.incrementAndGet();
    }

    @Test
    void saysThatThereIsNothingToScrapeWithoutOne() {
        GossipServer server = start(new SimpleMeterRegistry());

        WriteTest.assertProblem(get(server, "/metrics"), 404, "Not Found");
    }

    @Test
    void closingTakesTheMetersOut() {
        GossipServer server = startCluster();
        assertThat(prometheus.getMeters()).isNotEmpty();

        WebFixture.await(server.close());

        assertThat(prometheus.getMeters()).isEmpty();
        assertThat(prometheus.scrape()).doesNotContain("gossip_");
    }

    private static Stream<String> expressions(JsonObject panelOrDashboard) {
        Stream<String> own = objects(panelOrDashboard, "targets").map(target -> target.getString("expr"));
        return Stream.concat(own, objects(panelOrDashboard, "panels").flatMap(MetricsTest::expressions));
    }

    private static Stream<JsonObject> objects(JsonObject parent, String name) {
        return parent.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    private static Stream<String> names(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group);
    }

    private static Set<String> namesIn(String scraped) {
        return scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(MetricsTest::names)
                .collect(Collectors.toSet());
    }
}
