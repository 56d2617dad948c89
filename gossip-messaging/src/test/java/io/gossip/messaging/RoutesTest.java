/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final SocketAddress P1 = HostPort.parse("10.0.0.1:1");
    private static final SocketAddress P2 = HostPort.parse("10.0.0.2:1");
    private static final Peer PLAIN = peer("plain", 1, false);
    private static final Peer BEHIND = peer("behind", 2, false, P1, P2);
    private static final Peer FIRST = proxy("p1", P1);
    private static final Peer SECOND = proxy("p2", P2);

    @Test
    void reachesAPeerDirectlyAndOneBehindProxiesThroughTheFirstReachable() {
        Routes routes = Routes.ofMember(List.of(), List.of(PLAIN, BEHIND, FIRST, SECOND), P2::equals);

        assertThat(routes.ways()).isEqualTo(Map.of(PLAIN.address(), Set.of(PLAIN.id()), P2, Set.of(BEHIND.id())));
        assertThat(routes.standing()).as("the preferred one is still tried").containsExactly(P1, P2);
    }

    @Test
    void staysWithThePreferredProxyOnceItAnswers() {
        Routes routes = Routes.ofMember(List.of(), List.of(BEHIND), proxy -> true);

        assertThat(routes.ways()).isEqualTo(Map.of(P1, Set.of(BEHIND.id())));
        assertThat(routes.standing()).containsExactly(P1);
    }

    @Test
    void triesAllProxiesWhileNoneAnswers() {
        Routes routes = Routes.ofMember(List.of(), List.of(BEHIND), proxy -> false);

        assertThat(routes.ways()).isEqualTo(Map.of(P1, Set.of(BEHIND.id())));
        assertThat(routes.standing()).containsExactly(P1, P2);
    }

    @Test
    void reachesEverybodyThroughItsOwnProxies() {
        Routes routes = Routes.ofMember(List.of(P1, P2), List.of(PLAIN, BEHIND, FIRST), P2::equals);

        assertThat(routes.ways()).isEqualTo(Map.of(P2, Set.of(PLAIN.id(), BEHIND.id())));
        assertThat(routes.standing()).as("listens at all of its own").containsExactly(P1, P2);
    }

    @Test
    void isConnectedWithItsOwnProxiesEvenWhenAlone() {
        assertThat(Routes.ofMember(List.of(P1), List.of(), proxy -> true).standing())
                .containsExactly(P1);
    }

    @Test
    void aProxyConnectsToTheOtherProxiesButNotToItself() {
        assertThat(Routes.ofProxy(P1, List.of(PLAIN, BEHIND, FIRST, SECOND)).standing())
                .containsExactly(P2);
        assertThat(Routes.ofProxy(P1, List.of(PLAIN)).standing()).isEmpty();
    }

    private static Peer peer(String nodeId, int port, boolean isProxy, SocketAddress... proxies) {
        NodeIdentity identity = new NodeIdentity(nodeId, 1, GossipAddress.parse("10.0.1.1:" + port));
        return new Peer(identity, 1, isProxy, SocketAddress.inetSocketAddress(port, "10.0.1.1"), List.of(proxies));
    }

    private static Peer proxy(String nodeId, SocketAddress address) {
        NodeIdentity identity = new NodeIdentity(nodeId, 1, GossipAddress.parse("10.0.1.9:9"));
        return new Peer(identity, 0, true, address, List.of());
    }
}
