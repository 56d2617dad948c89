/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.WriteResult.Outcome;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceRequestsTest {
    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final GossipService service = neighbourhood.service("a");

    @BeforeEach
    void deploy() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
    }

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void writesAndReadsOwnKeys() {
        assertThat(Waiting.result(service.set("k", "v"))).isEqualTo(new WriteReply(2, Outcome.CREATED));
        assertThat(Waiting.result(service.set("k", "v"))).isEqualTo(new WriteReply(2, Outcome.UNCHANGED));
        assertThat(Waiting.result(service.set("k", ""))).isEqualTo(new WriteReply(3, Outcome.UPDATED));
        assertThat(Waiting.result(service.touch("k")).version()).isEqualTo(4);
        assertThat(Waiting.result(service.setWithTtl("kt", "t")).outcome()).isEqualTo(Outcome.CREATED);

        KeyMutation read = Waiting.result(service.get("k"));
        assertThat(read).isEqualTo(new KeyMutation("k", "", 4, EntryStatus.SET));
        assertThat(Waiting.result(service.get("a", "k"))).isEqualTo(read);
        assertThat(Waiting.result(service.keys("k")))
                .extracting(KeyMutation::key)
                .containsExactly("k", "kt");
        assertThat(Waiting.result(service.keys("a", "kt"))).hasSize(1);

        assertThat(Waiting.result(service.deleteAfterTtl("k")).version()).isEqualTo(6);
        assertThat(Waiting.result(service.delete("k")).outcome()).isEqualTo(Outcome.UPDATED);
        assertFails(404, "no key 'k'", service.get("k"));
        assertThat(Waiting.result(service.keys("")))
                .extracting(KeyMutation::key)
                .doesNotContain("k");
    }

    @Test
    void tellsAboutMembersAndItself() {
        MemberList members = Waiting.result(service.members());
        assertThat(members.clusterId()).isEqualTo("test");
        assertThat(members.members())
                .singleElement()
                .satisfies(member -> assertThat(member.identity().nodeId()).isEqualTo("a"));
        NodeStatus status = Waiting.result(service.status());
        assertThat(status.self()).isEqualTo(members.members().get(0).identity());
        assertThat(status.sequence()).isGreaterThanOrEqualTo(members.sequence());
        assertThat(status.stats().members().live()).isEqualTo(1);
        JsonObject json = status.toJson();
        assertThat(json.getString("protocol_version")).isEqualTo("v0");
        assertThat(json.getJsonObject("transport").getString("state")).isEqualTo("open");
    }

    @Test
    void tellsWhereHttpIsServedAndTakesItBack() {
        HttpAddress address = HttpAddress.parse("https://node-1:8443").orElseThrow();

        Waiting.result(service.serveHttp(address));
        assertThat(Waiting.result(service.get("gossip:http")).value()).isEqualTo("https://node-1:8443");
        Waiting.result(service.serveHttp(null));
        assertFails(404, "gossip:http", service.get("gossip:http"));
        JsonObject wildcard = new JsonObject().put("action", "serveHttp").put("address", "0.0.0.0:80");
        assertFails(
                400, "HOST:PORT", neighbourhood.vertx.eventBus().request(new GossipAddresses("a").service(), wildcard));
    }

    @Test
    void offersAndWithdrawsAService() {
        Waiting.result(service.setService("searcher", 2, "127.0.0.1:8080"));
        assertThat(offered()).isEqualTo(new ServiceInfo("searcher", true, 2, "127.0.0.1:8080"));
        Waiting.result(service.setService("api_gateway", 0, null));
        assertThat(offered()).isEqualTo(new ServiceInfo("api_gateway", false, 0, "127.0.0.1:8080"));
        assertThat(Waiting.result(service.withdrawService()).outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(offered()).isNull();
        assertThat(Waiting.result(service.withdrawService()).outcome()).isEqualTo(Outcome.ABSENT);
        Waiting.result(service.setService("storage", 0, null));
        assertThat(offered()).isEqualTo(new ServiceInfo("storage", true, 0, "127.0.0.1:7001"));
    }

    @Test
    void answers400ToWhatIsMalformed() {
        assertFails(400, "JSON object", ask("text"));
        assertFails(400, "\"action\" must be a string, was null", ask(new JsonObject()));
        assertFails(400, "unknown action 'dance', known: snapshot, members, status", request("dance"));
        assertFails(400, "\"key\" must be a string, was null", request("get"));
        assertFails(400, "\"key\" must not be empty", service.set("", "v"));
        assertFails(400, "\"key\" must not be empty", service.get(""));
        assertFails(
                400, "\"value\" must be a string, was null", ask(action("set").put("key", "k")));
        assertFails(400, "surrogate", service.set("\uD800", "v"));
        assertFails(400, "got 'nowhere'", service.gossip("nowhere"));
        assertFails(400, "\"address\" must be one to send to, was 0.0.0.0:7009", service.gossip("0.0.0.0:7009"));
        assertFails(400, "was [::]:7009", service.gossip("[::]:7009"));
        assertFails(400, "was 127.0.0.1:0", service.gossip("127.0.0.1:0"));
        assertFails(400, "Unknown service type 'cook'", service.setService("cook", 0, null));
        assertFails(400, "Invalid host format", service.setService("searcher", 0, "nowhere"));
        assertFails(400, "Invalid shard -1", service.setService("searcher", -1, null));
        assertFails(
                400,
                "\"shard\" must be an integer",
                ask(action("setService").put("type", "searcher").put("shard", "one")));
        assertFails(400, "\"node\" must be an object", ask(action("remove").put("node", "b")));
    }

    @Test
    void answers403ToWritesOfReservedKeys() {
        assertFails(403, "gossip:state", service.set("gossip:state", "leaving"));
        assertFails(403, "gossip:state", service.delete("gossip:state"));
    }

    @Test
    void answers404ToWhatIsNotThere() {
        NodeIdentity stranger = new NodeIdentity("b", 1, GossipAddress.parse("127.0.0.1:9"));
        assertFails(404, "no member 'b'", service.get("b", "k"));
        assertFails(404, "no member 'b'", service.keys("b", ""));
        assertFails(404, "no member b/1@127.0.0.1:9", service.remove(stranger));
        assertFails(404, "no key 'k'", service.get("k"));
        assertFails(404, "no key 'k'", service.delete("k"));
        assertFails(404, "no key 'k'", service.deleteAfterTtl("k"));
        assertFails(404, "no key 'k'", service.touch("k"));
    }

    @Test
    void answers413And422ToWhatMayNotSpread() {
        assertFails(413, "32768", service.set("k", "v".repeat(40_000)));
        assertFails(422, "", service.set("ключ", "v"));
        NodeIdentity self = Waiting.result(service.snapshot()).self();
        assertFails(422, "is live", service.remove(self));
    }

    @Test
    void removesAMemberThatLeft() {
        String other = neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        ClusterView view = neighbourhood.view("a");
        neighbourhood.acquaint("a", "b");
        Waiting.until(
                view,
                picture -> picture.member("b").filter(MemberPicture::isLive).isPresent());
        NodeIdentity member = view.current().member("b").orElseThrow().identity();
        assertFails(422, "is live", service.remove(member));
        Waiting.result(neighbourhood.vertx.undeploy(other));
        Waiting.until(
                view,
                picture -> picture.member("b").filter(found -> !found.isLive()).isPresent());
        Waiting.result(service.remove(member));
        Waiting.until(view, picture -> picture.member("b").isEmpty());
    }

    @Test
    void gossipsWithAnAddressWhenAsked() {
        Waiting.result(service.gossip("127.0.0.1:7009"));
    }

    @Test
    void answers503OnceItHasLeft() {
        Waiting.result(service.leave());
        assertFails(503, "has left", service.set("k", "v"));
        assertFails(503, "has left", service.snapshot());
        assertFails(503, "has left", service.gossip("127.0.0.1:7009"));
    }

    private @Nullable ServiceInfo offered() {
        return Waiting.result(service.members()).members().get(0).service();
    }

    private static JsonObject action(String name) {
        return new JsonObject().put("action", name);
    }

    private Future<Object> request(String name) {
        return ask(action(name));
    }

    private Future<Object> ask(Object body) {
        return neighbourhood.vertx.eventBus().request("a.service", body).map(reply -> reply.body());
    }

    private static void assertFails(int code, String message, Future<?> future) {
        assertThat(Waiting.failure(future))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        reply -> assertThat(List.of(reply.failureCode(), String.valueOf(reply.getMessage())))
                                .satisfies(answer -> assertThat(answer.get(0)).isEqualTo(code))
                                .satisfies(answer ->
                                        assertThat((String) answer.get(1)).contains(message)));
    }
}
