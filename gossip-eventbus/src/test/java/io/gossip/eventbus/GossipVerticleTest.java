/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GossipVerticleTest {
    private final Neighbourhood neighbourhood = new Neighbourhood();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void startsWithItsInitialKeysAndItsService() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("z", "1");
        keys.put("a", "2");
        neighbourhood.deploy(Neighbourhood.options("a", 7_001)
                .setInitialKeyValues(keys)
                .setService(new ServiceOffer("searcher", 1, null)));

        ClusterPicture picture = neighbourhood.view("a").current();
        MemberPicture self = picture.member(picture.self()).orElseThrow();
        assertThat(picture.clusterId()).isEqualTo("test");
        assertThat(self.isLive()).isTrue();
        assertThat(self.entry("z").orElseThrow().version()).isEqualTo(1);
        assertThat(self.entry("a").orElseThrow().version()).isEqualTo(2);
        assertThat(self.entry("service").orElseThrow().version()).isEqualTo(3);
        KeyMutation protocol = self.entry("gossip:protocol").orElseThrow();
        assertThat(protocol.version()).isEqualTo(4);
        assertThat(protocol.value()).isEqualTo("0,1");
        assertThat(self.service()).contains(new ServiceInfo("searcher", true, 1, "127.0.0.1:7001"));
    }

    @Test
    void tellsTheOthersOfItsWritesWithTheVersionsItAnswered() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        ClusterView other = neighbourhood.view("b");
        Waiting.until(other, picture -> isLive(picture, "a"));
        Promise<KeysPublication> heard = Promise.promise();
        neighbourhood.vertx.eventBus().<KeysPublication>localConsumer("b.keys", message -> {
            if (message.body().changes().stream()
                    .anyMatch(change -> change.key().equals("color"))) {
                heard.tryComplete(message.body());
            }
        });

        WriteReply written = Waiting.result(neighbourhood.service("a").set("color", "red"));

        KeysPublication publication = Waiting.result(heard.future());
        assertThat(publication.node().nodeId()).isEqualTo("a");
        assertThat(publication.changes())
                .contains(new KeyChange("color", "red", written.version(), KeyChange.Kind.SET));
        assertThat(publication.maxVersion()).isEqualTo(written.version());
    }

    @Test
    void publishesDeletionAndExpiry() {
        neighbourhood.deploy(Neighbourhood.hastyOptions("a", 7_001));
        ClusterView view = neighbourhood.view("a");
        List<KeyChange.Kind> kinds = Collections.synchronizedList(new ArrayList<>());
        view.onPublication(publication -> {
            if (publication instanceof KeysPublication keys) {
                keys.changes().forEach(change -> kinds.add(change.kind()));
            }
        });
        GossipService service = neighbourhood.service("a");

        Waiting.result(service.set("k", "v"));
        Waiting.result(service.delete("k"));
        Waiting.until(view, picture -> self(picture).entry("k").isEmpty() && kinds.size() >= 3);

        assertThat(kinds).containsExactly(KeyChange.Kind.SET, KeyChange.Kind.DELETED, KeyChange.Kind.EXPIRED);
        assertThat(self(view.current()).lastGcVersion()).isEqualTo(3);
    }

    @Test
    void publishesThatAMemberLeft() {
        neighbourhood.deploy(Neighbourhood.hastyOptions("a", 7_001));
        String other = neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        ClusterView view = neighbourhood.view("a");
        neighbourhood.acquaint("a", "b");
        List<MembersPublication> heard = Collections.synchronizedList(new ArrayList<>());
        view.onPublication(publication -> {
            if (publication instanceof MembersPublication members) {
                heard.add(members);
            }
        });

        Waiting.result(neighbourhood.vertx.undeploy(other));

        NodeIdentity left = Waiting.until(view, picture -> isIn(picture, "b", MemberState.LEFT))
                .member("b")
                .orElseThrow()
                .identity();
        assertThat(heard).anySatisfy(publication -> {
            assertThat(publication.left()).containsExactly(left);
            assertThat(publication.liveNodes()).extracting(NodeIdentity::nodeId).containsExactly("a");
        });
        Waiting.until(view, picture -> picture.member("b").isEmpty());
        assertThat(heard)
                .anySatisfy(publication -> assertThat(publication.removed()).containsExactly(left));
    }

    @Test
    void publishesThatASilentMemberIsDeadThenRemoved() {
        neighbourhood.deploy(Neighbourhood.hastyOptions("a", 7_001));
        neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        ClusterView view = neighbourhood.view("a");
        Waiting.until(view, picture -> isLive(picture, "b"));
        neighbourhood.network.cut(Neighbourhood.address(7_001), Neighbourhood.address(7_002));
        Waiting.until(view, picture -> isIn(picture, "b", MemberState.DEAD));
        Waiting.until(view, picture -> picture.member("b").isEmpty());
    }

    @Test
    void refusesAPrefixThatIsServedAlready() {
        String first = neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        Throwable failure = Waiting.failure(
                neighbourhood.tryDeploy(Neighbourhood.options("b", 7_002).setAddressPrefix("a")));
        assertThat(failure).hasMessageContaining("address prefix 'a' is served by another gossip verticle");

        Waiting.result(neighbourhood.vertx.undeploy(first));
        neighbourhood.deploy(Neighbourhood.options("b", 7_002).setAddressPrefix("a"));
    }

    @Test
    void leavesNothingBehindWhenItIsUndeployedAndMayBeDeployedAgainAtOnce() {
        GossipOptions options = Neighbourhood.options("a", 7_001);
        for (int i = 0; i < 3; i++) {
            String deployment = neighbourhood.deploy(options);
            Waiting.result(neighbourhood.service("a").members());
            Waiting.result(neighbourhood.vertx.undeploy(deployment));
            assertThat(Waiting.failure(neighbourhood.service("a").members()))
                    .isInstanceOfSatisfying(
                            ReplyException.class,
                            reply -> assertThat(reply.failureCode()).isEqualTo(503));
        }
    }

    @Test
    void leavesNothingBehindWhenItCannotStart() {
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        Waiting.failure(neighbourhood.tryDeploy(Neighbourhood.options("b", 7_001)));
        neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        Waiting.result(neighbourhood.service("b").members());
    }

    @Test
    void refusesToOfferAnUnknownServiceAndLeavesThePrefixFree() {
        GossipOptions options = Neighbourhood.options("a", 7_001);
        Throwable failure =
                Waiting.failure(neighbourhood.tryDeploy(options.setService(new ServiceOffer("cook", 0, null))));
        assertThat(failure).hasMessageStartingWith("Unknown service type 'cook'");
        neighbourhood.deploy(options.setService(null));
    }

    @Test
    void letsAViewFollowTheNodeThatReplacesIt() {
        String first = neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        ClusterView view = neighbourhood.view("a");
        NodeIdentity before = view.current().self();
        Waiting.result(neighbourhood.vertx.undeploy(first));
        neighbourhood.deploy(Neighbourhood.options("anew", 7_003).setAddressPrefix("a"));

        ClusterPicture after = Waiting.until(view, picture -> !picture.self().equals(before));
        assertThat(after.self().nodeId()).isEqualTo("anew");
    }

    private static MemberPicture self(ClusterPicture picture) {
        return picture.member(picture.self()).orElseThrow();
    }

    private static boolean isLive(ClusterPicture picture, String nodeId) {
        return isIn(picture, nodeId, MemberState.LIVE);
    }

    private static boolean isIn(ClusterPicture picture, String nodeId, MemberState state) {
        return picture.member(nodeId).filter(member -> member.state() == state).isPresent();
    }
}
