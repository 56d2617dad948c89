/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GossipWebOptionsTest {
    private final GossipWebOptions changed = new GossipWebOptions()
            .setHost("::1")
            .setPort(1)
            .setAddressPrefix("p")
            .setSetKeyByGet(false)
            .setAdvertiseAddress("node-1:80")
            .setSecurity(new WebSecurityOptions()
                    .setTokens(List.of(new AccessToken("0123456789abcdef", TokenRole.READ)))
                    .setHealthNeedsToken(true)
                    .setAllowedHosts(List.of("h"))
                    .setCorsOrigins(List.of("https://ui.example"))
                    .setTls("c", "k")
                    .setMaxConnections(7))
            .setCompareMembers(false)
            .setGossipIntervalMillis(5)
            .setMaxEventStreams(6)
            .setMaxHeldAnswers(7)
            .setEventLogBytes(8);

    @Test
    void survivesTheWayThroughJsonAndACopy() {
        JsonObject json = changed.toJson();

        assertThat(new GossipWebOptions(json).toJson()).isEqualTo(json);
        assertThat(new GossipWebOptions(changed).toJson()).isEqualTo(json);
        JsonObject defaults = new GossipWebOptions().toJson();
        assertThat(json.fieldNames())
                .allSatisfy(name -> assertThat(json.getValue(name)).isNotEqualTo(defaults.getValue(name)));
        assertThat(new GossipWebOptions(new JsonObject()).toJson()).isEqualTo(defaults);
        JsonObject server = new GossipServerOptions().setWeb(changed).toJson();
        assertThat(new GossipServerOptions(server).toJson()).isEqualTo(server);
        assertThat(new GossipServerOptions(new GossipServerOptions(server)).toJson())
                .isEqualTo(server);
    }

    @Test
    void isComparedByValue() {
        assertThat(new GossipWebOptions(changed)).isEqualTo(changed).hasSameHashCodeAs(changed);
        assertThat(new GossipWebOptions(changed).setPort(9)).isNotEqualTo(changed);
        assertThat(new GossipWebOptions(changed).setSecurity(new WebSecurityOptions()))
                .isNotEqualTo(changed);
        GossipServerOptions server = new GossipServerOptions().setWeb(changed);
        assertThat(new GossipServerOptions(server)).isEqualTo(server).hasSameHashCodeAs(server);
        assertThat(new GossipServerOptions()).isNotEqualTo(server);
        assertThat(new GossipServerOptions(server)
                        .setGossip(new GossipOptions().setNode(new GossipNodeOptions().setFanout(4))))
                .isNotEqualTo(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\":65536}",
                "{\"port\":-1}",
                "{\"port\":\"80\"}",
                "{\"port\":4294967296}",
                "{\"port\":1.5}",
                "{\"host\":\" \"}",
                "{\"host\":1}",
                "{\"addressPrefix\":\"\"}",
                "{\"setKeyByGet\":1}",
                "{\"compareMembers\":\"no\"}",
                "{\"gossipIntervalMillis\":0}",
                "{\"gossipIntervalMillis\":3600001}",
                "{\"maxEventStreams\":-1}",
                "{\"maxHeldAnswers\":1000001}",
                "{\"eventLogBytes\":-1}",
                "{\"other\":1}"
            })
    void namesTheOptionThatIsWrong(String text) {
        JsonObject json = new JsonObject(text);

        assertThatThrownBy(() -> new GossipWebOptions(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(json.fieldNames().iterator().next());
    }
}
