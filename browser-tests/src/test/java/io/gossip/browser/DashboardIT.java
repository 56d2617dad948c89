/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.browser.Cluster.Member;
import io.gossip.eventbus.KeysPublication;
import io.gossip.web.AccessToken;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.gossip.web.TokenRole;
import io.gossip.web.WebSecurityOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What people see and do at the dashboard of a real member. */
class DashboardIT {
    private static Browser browser;
    private static Cluster cluster;
    private static Member first;
    private static Member second;

    @BeforeAll
    static void start() {
        browser = Browser.open();
        cluster = Cluster.of("storefront-1", "storefront-2", "search-1", "search-2", "ledger-1");
        first = cluster.member(0);
        second = cluster.member(1);
    }

    @AfterAll
    static void stop() {
        browser.close();
        cluster.close();
    }

    @BeforeEach
    void open() {
        browser.openDashboard(first.httpPort());
    }

    @Test
    void showsTheClusterAtAGlance() {
        browser.awaitText("#live-count", "5");
        browser.awaitText("#member-view", "search-2");
        browser.awaitText("#service-list", "data_processor");
        browser.awaitText("#cluster-id", "shop");
        browser.await(
                "phi over time",
                () -> browser.run(
                                "return [...document.querySelectorAll('.spark path')].filter(p => p.getAttribute('d')).length")
                        .equals(4L));

        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsANewKeyAndTellsHowSoon() {
        browser.type("#key-member", "storefront-2" + Keys.TAB);
        browser.awaitText("#keys-tally", "1 key"); // its service
        CompletableFuture<Long> published = cluster.keysPublished(first, about("storefront-2", "deploy/version"));

        Cluster.await(second.service().set("deploy/version", "1.4.2"));

        long at = published.orTimeout(60, SECONDS).join();
        browser.await("the key", () -> browser.text("#key-view").contains("deploy/version"));
        browser.await("the event", () -> browser.text("#event-view").contains("deploy/version = 1.4.2"));
        System.out.println("key shown " + millisSince(at) + " ms after its publication");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void setsAndDeletesAKeyOfThisMember() {
        browser.type("#new-key", "team");
        browser.type("#new-value", "checkout" + Keys.ENTER);

        browser.awaitText("#key-outcome", "Set team");
        browser.awaitText("#key-view", "checkout");
        assertThat(Cluster.await(first.service().get("team")).value()).isEqualTo("checkout");

        browser.click("[aria-label='Delete team']");
        browser.click("[aria-label='Really delete team?']");

        browser.awaitText("#key-outcome", "Deleted team");
        browser.awaitNoText("#key-view", "checkout");
        assertThat(Cluster.await(first.service().keys("team"))).isEmpty();
    }

    @Test
    void saysWhyAKeyIsNotSet() {
        browser.type("#new-key", "gossip:state");
        browser.type("#new-value", "leaving" + Keys.ENTER);

        browser.awaitText("#key-outcome", "Not done");
        assertThat(browser.find("#key-outcome").getDomAttribute("class")).contains("failed");
        assertThat(browser.find("#new-value").getDomProperty("value")).isEqualTo("leaving");
    }

    @Test
    void findsKeysByPrefix() {
        for (String key : List.of("color/back", "color/front", "size/width")) {
            Cluster.await(first.service().set(key, "x"));
        }
        browser.awaitText("#key-view", "size/width");

        browser.type("#key-prefix", "color/");

        browser.awaitText("#keys-tally", "2 keys");
        assertThat(browser.text("#key-view")).contains("color/front").doesNotContain("size/width");
    }

    @Test
    void showsForeignTextAsText() {
        String evil = "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">'\"&";
        Cluster.await(second.service().set(evil, evil));
        browser.type("#key-member", "storefront-2" + Keys.TAB);

        browser.awaitText("#key-view td.c-key[title*=script]", "<script>");
        browser.awaitText("#key-view td.c-value[title*=script]", evil);
        assertThat(browser.run("return document.querySelectorAll('#content img, #content script').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.title")).asString().doesNotContain("pwned");
        Cluster.await(second.service().delete(evil));
    }

    @Test
    void comesBackWhenTheWebInterfaceWasDeployedAnew() {
        GossipWebOptions options =
                new GossipWebOptions().setAddressPrefix(first.prefix()).setPort(0);
        GossipWebVerticle verticle = new GossipWebVerticle(options);
        String deployment = Cluster.await(cluster.vertx().deployVerticle(verticle));
        int port = verticle.actualPort();
        browser.openDashboard(port);

        Cluster.await(cluster.vertx().undeploy(deployment));

        browser.awaitText("#connection-text", "Reconnecting");
        assertThat(browser.text("#trouble")).contains("out of date");
        browser.picture("disconnected");
        Cluster.await(second.service().set("while/away", "yes"));
        GossipWebVerticle again = new GossipWebVerticle(options.setPort(port));
        deployment = Cluster.await(cluster.vertx().deployVerticle(again));

        browser.awaitText("#connection-text", "Live");
        browser.await("the trouble is over", () -> !browser.find("#trouble").isDisplayed());
        browser.awaitText("#event-view", "Connected again");
        Cluster.await(cluster.vertx().undeploy(deployment));
    }

    @Test
    void canBeUsedByEverybodyInLightAndDark() {
        browser.awaitText("#live-count", "5");
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            assertThat(browser.brokenAccessibilityRules()).as(scheme).isEmpty();
            browser.picture(scheme);
        }
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(16, 20, 26)");
        browser.prefer("light");
        browser.resize(400, 900);
        assertThat(browser.run("return document.documentElement.scrollWidth <= 400"))
                .as("fits a narrow screen")
                .isEqualTo(true);
        assertThat(browser.brokenAccessibilityRules()).as("narrow").isEmpty();
        browser.picture("narrow");
        browser.resize(1440, 1180);
    }

    @Test
    void takesABearerTokenForThisTab() {
        browser.click("#token-open");
        browser.type("#token-value", "s3cret" + Keys.ENTER);

        browser.await(
                "the token is kept",
                () -> "s3cret".equals(browser.run("return sessionStorage.getItem('gossip.token') ?? ''")));
        browser.click("#token-open");
        browser.click("#token-forget");
        browser.await(
                "the token is forgotten",
                () -> browser.run("return sessionStorage.getItem('gossip.token') ?? ''")
                        .equals(""));
    }

    @Test
    void worksOnceTheTokenThatANodeDemandsIsEntered() {
        WebSecurityOptions closed =
                new WebSecurityOptions().setTokens(List.of(new AccessToken("reader-0123456789", TokenRole.READ)));
        try (Cluster guarded = Cluster.with(closed, "guarded-1", "guarded-2")) {
            browser.openPage(guarded.member(0).httpPort());
            browser.awaitText("#connection-text", "Not allowed");
            assertThat(browser.text("body")).doesNotContain("guarded-2");

            browser.click("#token-open");
            browser.type("#token-value", "reader-0123456789" + Keys.ENTER);

            browser.awaitText("#live-count", "2");
            browser.awaitText("#member-view", "guarded-2");
            browser.type("#key-member", "guarded-2" + Keys.TAB);
            browser.awaitText("#keys-tally", "1 key"); // its service
            Cluster.await(guarded.member(1).service().set("sealed", "yes"));
            browser.awaitText("#key-view", "sealed"); // by the stream of events
            browser.click("#token-open");
            browser.click("#token-forget");
        }
    }

    @Test
    void showsADeathAndTellsHowSoon() {
        try (Cluster mortals = Cluster.of("watcher", "mortal")) {
            browser.openDashboard(mortals.member(0).httpPort());
            browser.awaitText("#live-count", "2");
            CompletableFuture<Long> published = mortals.membersPublished(
                    mortals.member(0),
                    change -> change.dead().stream().anyMatch(id -> id.nodeId().equals("mortal")));

            mortals.member(1).transport().unplug();

            long at = published.orTimeout(60, SECONDS).join();
            browser.await(
                    "the death",
                    () -> browser.text("#dead-count").equals("1")
                            && browser.text("#member-view tr.dead").contains("mortal")
                            && browser.text("#event-view").contains("mortal is dead"));
            System.out.println("death shown " + millisSince(at) + " ms after its publication");
            assertThat(browser.text("#announcement")).isEqualTo("mortal is dead");
            browser.picture("death");
        }
    }

    @Test
    void comparesWithAnotherMember() {
        try (LargeCluster there = new LargeCluster(3, 4, 1, 0);
                LargeCluster here = new LargeCluster(3, 5, 0, there.httpPort())) {
            browser.openDashboard(here.httpPort());
            browser.awaitText("#agreement", "0 of 1");
            browser.type("#compare-member", "server-0001" + Keys.ENTER);

            browser.awaitText("#compare-tally", "of 3 members differ");
            browser.click("#compare-view button[value=server-0000]");

            browser.awaitText("#compare-what", "Key of server-0000");
            browser.awaitText("#compare-view", "config/000004");
            browser.awaitText("#compare-view", "unknown");
            browser.picture("compare");
            browser.type("#compare-member", "server-0002" + Keys.ENTER);
            browser.awaitText("#compare-empty", "does not tell where it serves HTTP");
        }
    }

    private static Predicate<KeysPublication> about(String nodeId, String key) {
        return keys -> keys.node().nodeId().equals(nodeId)
                && keys.changes().stream().anyMatch(change -> change.key().equals(key));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
