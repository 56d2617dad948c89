/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessagingOptionsTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    private final MessagingOptions everything = new MessagingOptions()
            .setListenAddress("127.0.0.1:1")
            .setAdvertiseAddress("host:2")
            .setProxies(List.of("p:3"))
            .setSubscribe(List.of("q:4"))
            .setMaxPayloadBytes(5)
            .setMaxUnconfirmedMessages(6)
            .setMaxUnconfirmedBytes(7)
            .setFullQueuePolicy(FullQueuePolicy.DROP_OLDEST)
            .setMaxIncomingMessages(8)
            .setMaxIncomingBytes(9)
            .setMaxConnections(10)
            .setMaxReconnectDelay(Duration.ofSeconds(11))
            .setSilenceTimeout(Duration.ofSeconds(12))
            .setResendDelay(Duration.ofSeconds(13))
            .setDeadPeerPatience(Duration.ofSeconds(14))
            .setCloseTimeout(Duration.ofSeconds(15))
            .setTls(new MessagingTls("certificate", "key", "trust", Set.of(KEY)));

    @Test
    void readsWhatItWrote() {
        JsonObject json = everything.toJson();

        assertThat(new MessagingOptions(json).toJson()).isEqualTo(json);
        assertThat(new MessagingOptions(everything).toJson()).isEqualTo(json);
        assertThat(json.fieldNames()).hasSize(17);
        JsonObject defaults = new MessagingOptions().toJson();
        assertThat(new MessagingOptions(defaults).toJson()).isEqualTo(defaults);
        assertThat(json.fieldNames())
                .as("another value than the default")
                .allSatisfy(name -> assertThat(json.getValue(name)).isNotEqualTo(defaults.getValue(name)));
    }

    @Test
    void bothHalvesAreReadAsTheyWereWritten() {
        JsonObject json = new JsonObject().put("messaging", everything.toJson());

        JsonObject read = MessageNodeOptions.fromJson(json).toJson();

        assertThat(read.getJsonObject("messaging")).isEqualTo(everything.toJson());
        assertThat(MessageNodeOptions.fromJson(read).toJson()).isEqualTo(read);
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> new MessagingOptions(new JsonObject().put("proxy", "p:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown option 'proxy'");
        assertThatThrownBy(() -> new MessagingOptions(new JsonObject().put("maxPayloadBytes", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option 'maxPayloadBytes' must be a number");
        JsonObject tls = new JsonObject().put("certificatePath", "c").put("keyPath", "k");
        assertThatThrownBy(() -> new MessagingTls(tls)).hasMessageContaining("tls needs 'trustPath'");
        tls.put("trustPath", "t").put("trustedKeys", new JsonArray().add("abc"));
        assertThatThrownBy(() -> new MessagingTls(tls)).hasMessageContaining("64 hex digits each, was 'abc'");
    }

    @Test
    void aKeyIsTrustedInEitherCase() {
        MessagingTls tls = new MessagingTls("c", "k", "t", Set.of(KEY.toUpperCase(java.util.Locale.ROOT)));

        assertThat(tls.trustedKeys()).containsExactly(KEY);
        assertThat(new MessagingTls(tls.toJson())).isEqualTo(tls);
    }
}
