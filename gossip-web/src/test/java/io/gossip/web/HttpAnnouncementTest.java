/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipService;
import io.gossip.web.operation.HttpAnnouncement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnnouncementTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // bound to, configured, gossips at, expected
                "0.0.0.0, -, 10.0.0.7:7280, 10.0.0.7:80",
                "'::', -, [2001:db8::7]:7280, [2001:db8::7]:80",
                "192.168.0.3, -, 10.0.0.7:7280, 10.0.0.7:80",
                "node-1.internal, -, 10.0.0.7:7280, 10.0.0.7:80",
                "127.0.0.1, -, 127.0.0.1:7280, 127.0.0.1:80",
                "localhost, -, 127.0.0.1:7280, localhost:80",
                "127.0.0.1, -, 10.0.0.7:7280, -",
                "'::1', -, 10.0.0.7:7280, -",
                "127.0.0.1, proxy.example:8443, 10.0.0.7:7280, proxy.example:8443",
                "0.0.0.0, 10.1.1.1:0, 10.0.0.7:7280, 10.1.1.1:80"
            })
    void knowsWhereOthersReachIt(String bound, @Nullable String configured, String gossip, @Nullable String expected) {
        GossipService service = GossipService.create(web.vertx, "any");
        HttpAnnouncement announcement = new HttpAnnouncement(service, bound, configured, false);

        assertThat(announcement.address(identity("a", 1, gossip), 80).map(Object::toString))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @Test
    void tellsItOfEachNodeThatServesAndTakesItBack() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
        WebFixture.await("it is told", () -> web.node.announcements.contains("127.0.0.1:" + web.port()));

        String deployment = web.vertx.deploymentIDs().iterator().next();
        WebFixture.await(web.vertx.undeploy(deployment));

        WebFixture.await("it is taken back", () -> web.node.announcements.size() == 2);
        assertThat(web.node.announcements).last().isEqualTo("");
    }

    @Test
    void refusesToAdvertiseAWildcard() {
        GossipWebOptions options = new GossipWebOptions();

        assertThatThrownBy(() -> options.setAdvertiseAddress("0.0.0.0:80")).hasMessageContaining("wildcard");
        assertThatThrownBy(() -> options.setAdvertiseAddress("nowhere")).hasMessageContaining("advertiseAddress");
    }
}
