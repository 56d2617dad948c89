/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.engine.WriteResult;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GossipCodecsTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        Waiting.result(vertx.close());
    }

    @Test
    void passesRecordsByReferenceInsideOneVertx() {
        GossipCodecs.register(vertx);
        List<Object> bodies = List.of(
                Samples.joined(1, Samples.B),
                Samples.keys(2, Samples.B),
                Samples.alone(3),
                new WriteReply(4, WriteResult.Outcome.CREATED),
                new KeyList(Samples.A, List.of()),
                new MemberList(1, "c", List.of()));
        for (Object body : bodies) {
            Promise<Object> received = Promise.promise();
            String address = "test." + body.getClass().getSimpleName();
            Waiting.result(vertx.eventBus()
                    .localConsumer(address, message -> received.complete(message.body()))
                    .completion());
            vertx.eventBus().send(address, body);
            assertThat(Waiting.result(received.future())).isSameAs(body);
        }
    }

    @Test
    void mayBeRegisteredAgainAndHaveNamesThatStay() {
        GossipCodecs.register(vertx);
        GossipCodecs.register(vertx);
        Promise<Object> received = Promise.promise();
        Waiting.result(vertx.eventBus()
                .localConsumer("test", message -> received.complete(message.body()))
                .completion());
        MembersPublication body = Samples.joined(1, Samples.B);
        vertx.eventBus().send("test", body, new DeliveryOptions().setCodecName("gossip.members"));
        assertThat(Waiting.result(received.future())).isSameAs(body);
    }

    @Test
    void takesBackWhatItRegisteredWhenAnothersCodecIsInTheWay() {
        vertx.eventBus()
                .registerDefaultCodec(KeyList.class, new JsonTextCodec<>("others", KeyList::toJson, KeyList::fromJson));
        assertThatThrownBy(() -> GossipCodecs.register(vertx)).isInstanceOf(IllegalStateException.class);

        vertx.eventBus().unregisterDefaultCodec(KeyList.class);
        GossipCodecs.register(vertx); // which the rest of the first attempt would prevent
    }

    @Test
    void crossesAWireAsJsonTextBehindItsLength() {
        JsonTextCodec<KeysPublication> codec =
                new JsonTextCodec<>("gossip.keys", KeysPublication::toJson, KeysPublication::fromJson);
        KeysPublication body = Samples.keys(2, Samples.B, Samples.set("ключ", "😀", -7));
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, body);
        wire.appendString("after");

        assertThat(wire.getBuffer(10, wire.length() - 5).toJsonObject())
                .isEqualTo(new JsonObject(body.toJson().encode()));
        assertThat(codec.decodeFromWire(6, wire)).isEqualTo(body);
        assertThat(codec.systemCodecID()).isEqualTo((byte) -1);
    }

    @Test
    void readsEveryReplyFromItsJson() {
        WriteReply write = new WriteReply(-1, WriteResult.Outcome.UNCHANGED);
        assertThat(WriteReply.fromJson(write.toJson())).isEqualTo(write);
        KeyList keys = new KeyList(Samples.B, List.of(Samples.entry("k", "v", -2)));
        assertThat(KeyList.fromJson(keys.toJson())).isEqualTo(keys);
        ClusterPicture picture = Samples.alone(3);
        MemberList members = new MemberList(
                3, "c", picture.members().stream().map(MemberPicture::summary).toList());
        assertThat(MemberList.fromJson(members.toJson())).isEqualTo(members);
    }
}
