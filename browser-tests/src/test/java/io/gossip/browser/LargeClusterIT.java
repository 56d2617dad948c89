/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The dashboard of a thousand members with a hundred thousand keys, of which some change all the time. */
class LargeClusterIT {
    private static final String WATCH = "window.longest = 0; window.tasks = 0;"
            + "new PerformanceObserver(list => list.getEntries().forEach(entry => {"
            + "  window.longest = Math.max(window.longest, entry.duration); window.tasks++;"
            + "})).observe({type: 'longtask', buffered: true});";

    @Test
    void staysUsable() {
        try (LargeCluster cluster = new LargeCluster(1_000, 100_000);
                Browser browser = Browser.open()) {
            browser.countTime();
            browser.openDashboard(cluster.httpPort());
            long opened = System.nanoTime();
            double busy = browser.secondsBusy();
            browser.execute(WATCH);
            browser.awaitText("#live-count", "980");
            browser.awaitText("#keys-tally", "first 500");
            cluster.changeEvery(20);

            browser.awaitText("#event-view", "now");
            report(browser, "opened");
            scrollToTheEnd(browser, "member-view");
            browser.awaitText("#member-view", cluster.nodeId(999));
            for (int page = 0; page < 10; page++) {
                scrollToTheEnd(browser, "key-view");
                String expected = "first " + (page + 2) * 500;
                browser.await(
                        "page after page of keys",
                        () -> browser.text("#keys-tally").replace(",", "").contains(expected));
            }
            report(browser, "scrolled");
            browser.type("#key-prefix", "config/0999");
            browser.awaitText("#key-view", "config/099900");
            browser.awaitText("#keys-tally", "100 keys");
            browser.type("#member-filter", "server-0777");
            browser.awaitText("#members-tally", "1 of 1,000");
            browser.type("#member-filter", " ");
            browser.click("th button[data-sort=phi]");
            browser.awaitText("#members-tally", "1,000 members");
            report(browser, "searched and sorted");
            double seconds = (System.nanoTime() - opened) / 1e9;
            System.out.printf("the page ran for %.1f of %.1f s%n", browser.secondsBusy() - busy, seconds);
            browser.picture("large");

            assertThat((Long) browser.run("return document.querySelectorAll('tr').length"))
                    .as("rows in the document")
                    .isLessThan(200);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void scrollToTheEnd(Browser browser, String id) {
        browser.execute("const view = document.getElementById(arguments[0]); view.scrollTop = view.scrollHeight;", id);
    }

    private static void report(Browser browser, String what) {
        System.out.println(what + ": longest task " + browser.run("return Math.round(window.longest)") + " ms, "
                + browser.run("return window.tasks") + " above 50 ms");
    }
}
