/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.transport.GossipNodeOptions;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GossipOptionsTest {
    @Test
    void readsWhatItWrote() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("z", "1");
        keys.put("a", "2");
        GossipOptions options = new GossipOptions()
                .setAddressPrefix("other")
                .setNode(new GossipNodeOptions().setNodeId("n").setGeneration(-1L))
                .setInitialKeyValues(keys)
                .setService(new ServiceOffer("searcher", 1, "127.0.0.1:80"))
                .setServiceTypes(Map.of("billing", true))
                .setRequiredKeys(List.of("grpc", "zone"))
                .setJsonPublications(true)
                .setReadyTimeoutMillis(5);

        GossipOptions read = new GossipOptions(new JsonObject(options.toJson().encode()));

        assertThat(read.toJson()).isEqualTo(options.toJson());
        assertThat(read.getInitialKeyValues().keySet()).containsExactly("z", "a");
        assertThat(read.getNode()).isEqualTo(options.getNode());
        assertThat(read.getService()).isEqualTo(options.getService());
        assertThat(read.getReadyTimeoutMillis()).isEqualTo(5);
        assertThat(read.getServiceTypes()).isEqualTo(options.getServiceTypes());
        assertThat(read.getRequiredKeys()).containsExactly("grpc", "zone");
        assertThat(read.isJsonPublications()).isTrue();
        assertThat(new GossipOptions(options).toJson()).isEqualTo(options.toJson());
        assertThat(read).isEqualTo(options).hasSameHashCodeAs(options).isEqualTo(new GossipOptions(options));
    }

    @Test
    void differsInEachOptionAndInTheOrderOfInitialKeys() {
        GossipOptions options = new GossipOptions();
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("z", "1");
        keys.put("a", "2");
        options.setInitialKeyValues(keys);
        Map<String, String> turned = new LinkedHashMap<>();
        turned.put("a", "2");
        turned.put("z", "1");

        assertThat(new GossipOptions(options).setInitialKeyValues(turned)).isNotEqualTo(options);
        assertThat(new GossipOptions(options).setNode(new GossipNodeOptions().setLivenessPredicate(node -> true)))
                .isNotEqualTo(options);
        assertThat(new GossipOptions(options).setAddressPrefix("other")).isNotEqualTo(options);
        assertThat(new GossipOptions(options).setService(new ServiceOffer("searcher", 1, null)))
                .isNotEqualTo(options);
    }

    @Test
    void hasDefaultsForEverything() {
        GossipOptions options = new GossipOptions(new JsonObject());
        assertThat(options.getAddressPrefix()).isEqualTo("gossip");
        assertThat(options.getNode()).isEqualTo(new GossipNodeOptions());
        assertThat(options.getInitialKeyValues()).isEmpty();
        assertThat(options.getService()).isNull();
        assertThat(new GossipOptions(options.toJson()).toJson()).isEqualTo(options.toJson());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> new GossipOptions(new JsonObject().put("prefix", "x")))
                .hasMessage("unknown option 'prefix', known: addressPrefix, initialKeyValues, jsonPublications,"
                        + " node, readyTimeoutMillis, requiredKeys, service, serviceTypes");
        assertThatThrownBy(() -> new GossipOptions(new JsonObject().put("readyTimeoutMillis", -1)))
                .hasMessageContaining("readyTimeoutMillis");
        assertThatThrownBy(() -> new GossipOptions(new JsonObject().put("addressPrefix", " ")))
                .hasMessage("address prefix must not be blank");
        assertThatThrownBy(() -> new GossipOptions(new JsonObject().put("initialKeyValues", "x")))
                .hasMessage("\"initialKeyValues\" must be an object, was x");
        assertThatThrownBy(() -> new GossipOptions(new JsonObject("{\"requiredKeys\":[\"\"]}")))
                .hasMessage("requiredKeys must not contain an empty key");
        assertThatThrownBy(() -> new GossipOptions(new JsonObject("{\"requiredKeys\":[1]}")))
                .hasMessage("\"requiredKeys\" must hold strings, found 1");
    }
}
