/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GossipWebVerticleTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void namesHostAndPortWhenThePortIsInUse() {
        web.startWebOnly();
        GossipWebVerticle second = new GossipWebVerticle(new GossipWebOptions().setPort(web.port()));

        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(second)))
                .hasMessageStartingWith("cannot listen for HTTP at 127.0.0.1:" + web.port() + ": ")
                .hasMessageContaining("in use")
                .message()
                .doesNotContain("\n");
    }

    /** Below those that the system hands out: nobody gets it by chance before it is used. */
    private static int freePort() throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = 20_000 + random.nextInt(10_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // Another one, then.
            }
        }
        throw new AssertionError("no free port");
    }

    @Test
    void twoClustersOfOneVertxDoNotShareAPort() throws IOException {
        int port = freePort();
        GossipWebOptions red = new GossipWebOptions().setPort(port).setAddressPrefix("red");
        GossipWebOptions green = new GossipWebOptions().setPort(port).setAddressPrefix("green");
        String first = WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(red)));

        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(green))))
                .hasMessageContaining("address prefix 'red', answers HTTP at 127.0.0.1:" + port + ", set another port");
        WebFixture.await(web.vertx.undeploy(first));
        WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(green)));
    }

    @Test
    void aPortIsTakenUntilTheLastVerticleOfItsPrefixIsGone() throws IOException {
        int port = freePort();
        GossipWebOptions red = new GossipWebOptions().setPort(port).setAddressPrefix("red");
        GossipWebOptions green = new GossipWebOptions().setPort(port).setAddressPrefix("green");
        String first = WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(red)));
        String second = WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(red)));

        WebFixture.await(web.vertx.undeploy(first));
        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(green))))
                .hasMessageContaining("address prefix 'red'");

        WebFixture.await(web.vertx.undeploy(second));
        WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(green)));
    }

    @Test
    void namesTheHostThatCannotBeListenedAt() {
        GossipWebVerticle foreign = new GossipWebVerticle(new GossipWebOptions().setHost("no-such-host.invalid"));

        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(foreign)))
                .hasMessageStartingWith("cannot listen for HTTP at no-such-host.invalid:10000: ");
    }

    @Test
    void takesItsOptionsFromTheDeployment() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        WebFixture.await(web.node.serve());
        GossipWebVerticle configured = new GossipWebVerticle();
        JsonObject config = new JsonObject().put("port", 0).put("setKeyByGet", false);

        WebFixture.await(web.vertx.deployVerticle(configured, new DeploymentOptions().setConfig(config)));

        int port = configured.actualPort();
        assertThat(port).isPositive();
        var refused = WebFixture.await(
                web.client.get(port, "127.0.0.1", "/set_kv?key=k&value=v").send());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.getHeader("Allow")).isEqualTo("POST, PUT, OPTIONS");
        assertThat(WebFixture.await(web.client
                                .request(HttpMethod.PUT, port, "127.0.0.1", "/set_kv?key=k&value=v")
                                .send())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject().put("prot", 1));

        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(new GossipWebVerticle(), options)))
                .hasMessageContaining("unknown option 'prot'");
    }

    @Test
    void undeployingClosesAllConnectionsAndFreesThePort() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
        int port = web.port();
        NetClient client = web.vertx.createNetClient(); // kept: a client that is collected closes its connections
        NetSocket idle = WebFixture.await(client.connect(port, "127.0.0.1"));
        AtomicBoolean closed = new AtomicBoolean();
        idle.closeHandler(nothing -> closed.set(true));
        web.get("/");

        String deployment = web.vertx.deploymentIDs().iterator().next();
        assertThat(closed).isFalse();
        WebFixture.await(web.vertx.undeploy(deployment));

        WebFixture.await("the idle connection is closed", closed::get);
        assertThatThrownBy(() -> WebFixture.await(client.connect(port, "127.0.0.1")))
                .hasMessageContaining("refused");
        WebFixture.await(client.close());
        web.options.setPort(port);
        web.startWebOnly();
        assertThat(web.get("/").statusCode()).isEqualTo(200);
    }
}
