/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.state.KeyChange;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationJsonTest {
    private static final String ID_A =
            "{\"node_id\":\"a\",\"generation_id\":1,\"gossip_advertise_addr\":\"127.0.0.1:1\"}";
    private static final String ID_B =
            "{\"node_id\":\"b\",\"generation_id\":18446744073709551615,\"gossip_advertise_addr\":\"[::1]:2\"}";

    @Test
    void writesAMembersPublicationAsTheContractHasIt() {
        MembersPublication publication = new MembersPublication(
                7,
                "c",
                List.of(Samples.A),
                List.of(Samples.A),
                List.of(Samples.B),
                List.of(),
                List.of(),
                List.of(Samples.A, Samples.B));

        assertThat(publication.toJson().encode())
                .isEqualTo("{\"sequence\":7,\"cluster_id\":\"c\",\"joined\":[" + ID_A + "],\"alive\":[" + ID_A
                        + "],\"dead\":[" + ID_B + "],\"left\":[],\"removed\":[],\"live_nodes\":[" + ID_A + "," + ID_B
                        + "]}");
    }

    @Test
    void writesAKeysPublicationAsTheContractHasIt() {
        assertThat(everyKind().toJson().encode())
                .isEqualTo("{\"sequence\":18446744073709551615,\"cluster_id\":\"c\",\"node\":" + ID_B
                        + ",\"reset\":true,\"max_version\":9223372036854775808,\"last_gc_version\":2,\"changes\":["
                        + "{\"key\":\"a\",\"value\":\"1\",\"version\":3,\"status\":\"Set\"},"
                        + "{\"key\":\"b\",\"value\":\"\",\"version\":4,\"status\":\"Delete\"},"
                        + "{\"key\":\"c\",\"value\":\"x\",\"version\":5,\"status\":\"DeleteAfterTtl\"},"
                        + "{\"key\":\"d\",\"value\":\"y\",\"version\":9223372036854775808,\"status\":\"Expired\"}]}");
    }

    @Test
    void readsWhatItWroteNumbersAbove63BitsIncluded() {
        JsonObject parsed = new JsonObject(everyKind().toJson().encode());
        assertThat(KeysPublication.fromJson(parsed)).isEqualTo(everyKind());

        MembersPublication members = Samples.joined(5, Samples.B);
        assertThat(MembersPublication.fromJson(new JsonObject(members.toJson().encode())))
                .isEqualTo(members);
        assertThat(MembersPublication.fromJson(members.toJson())).isEqualTo(members);
    }

    @Test
    void namesTheFieldThatIsMissingOrWrong() {
        assertThatThrownBy(() -> KeysPublication.fromJson(everyKind().toJson().putNull("node")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"node\" must be an object, was null");
        assertThatThrownBy(() -> KeysPublication.fromJson(everyKind().toJson().put("sequence", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"sequence\" must be an unsigned 64-bit integer, was -1");
    }

    private static KeysPublication everyKind() {
        return new KeysPublication(
                -1,
                "c",
                Samples.B,
                true,
                Long.MIN_VALUE,
                2,
                List.of(
                        new KeyChange("a", "1", 3, KeyChange.Kind.SET),
                        new KeyChange("b", "", 4, KeyChange.Kind.DELETED),
                        new KeyChange("c", "x", 5, KeyChange.Kind.DELETE_AFTER_TTL),
                        new KeyChange("d", "y", Long.MIN_VALUE, KeyChange.Kind.EXPIRED)));
    }
}
