/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.HostPort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final HostPort P1 = HostPort.parse("proxy", "10.0.0.1:1");
    private static final HostPort P2 = HostPort.parse("proxy", "10.0.0.2:1");
    private static final Peer PLAIN = peer("plain", 1, false);
    private static final Peer BEHIND = peer("behind", 2, false, P1, P2);
    private static final Peer FIRST = proxy("p1", P1);
    private static final Peer SECOND = proxy("p2", P2);

    @Test
    void reachesAPeerDirectlyAndOneBehindProxiesThroughTheFirstReachable() {
        Routes routes = Routes.ofMember(List.of(), List.of(PLAIN, BEHIND, FIRST, SECOND), open(SECOND, P2));

        assertThat(routes.ways()).isEqualTo(Map.of(PLAIN.address(), Set.of(PLAIN.id()), P2, Set.of(BEHIND.id())));
        assertThat(routes.standing()).as("the preferred one is still tried").containsExactly(P1, P2);
    }

    @Test
    void staysWithThePreferredProxyOnceItAnswers() {
        Routes routes = Routes.ofMember(List.of(), List.of(BEHIND), open(FIRST, P1, SECOND, P2));

        assertThat(routes.ways()).isEqualTo(Map.of(P1, Set.of(BEHIND.id())));
        assertThat(routes.standing()).containsExactly(P1);
    }

    @Test
    void triesAllProxiesWhileNoneAnswers() {
        Routes routes = Routes.ofMember(List.of(), List.of(BEHIND), new Reach());

        assertThat(routes.ways()).isEqualTo(Map.of(P1, Set.of(BEHIND.id())));
        assertThat(routes.standing()).containsExactly(P1, P2);
    }

    @Test
    void reachesEverybodyThroughItsOwnProxies() {
        Routes routes = Routes.ofMember(List.of(P1, P2), List.of(PLAIN, BEHIND, FIRST), open(SECOND, P2));

        assertThat(routes.ways()).isEqualTo(Map.of(P2, Set.of(PLAIN.id(), BEHIND.id())));
        assertThat(routes.standing()).as("listens at all of its own").containsExactly(P1, P2);
    }

    @Test
    void isConnectedWithItsOwnProxiesEvenWhenAlone() {
        assertThat(Routes.ofMember(List.of(P1), List.of(), open(FIRST, P1)).standing())
                .containsExactly(P1);
    }

    @Test
    void aProxyConnectsToTheOtherProxiesButNotToItself() {
        assertThat(Routes.ofProxy(P1, List.of(PLAIN, BEHIND, FIRST, SECOND), new Reach())
                        .standing())
                .containsExactly(P2);
        assertThat(Routes.ofProxy(P1, List.of(PLAIN), new Reach()).standing()).isEmpty();
    }

    @Test
    void twoNamesOfOneProxyAreOneWay() {
        HostPort name = HostPort.parse("proxy", "p1.example:1");
        Peer byName = peer("by name", 3, false, name);
        Reach reach = open(FIRST, name, FIRST, P1);
        reach.failed(name); // as the proxy keeps only the latest

        Routes routes = Routes.ofMember(List.of(), List.of(BEHIND, byName), reach);

        assertThat(routes.ways()).isEqualTo(Map.of(P1, Set.of(BEHIND.id(), byName.id())));
        assertThat(routes.standing()).containsExactly(P1);
        assertThat(Routes.ofMember(List.of(name, P1), List.of(), reach).standing())
                .containsExactly(P1);
        assertThat(Routes.ofProxy(P2, List.of(byName, FIRST), reach).standing()).containsExactly(P1);
    }

    @Test
    void aProxyDoesNotDialWhatItFoundToBeItself() {
        HostPort name = HostPort.parse("proxy", "p1.example:1");
        Reach reach = open(FIRST, P1);
        reach.answered(name, FIRST.id());

        assertThat(Routes.ofProxy(P1, List.of(peer("by name", 3, false, name)), reach)
                        .standing())
                .isEmpty();
    }

    private static Reach open(Peer first, HostPort at) {
        Reach reach = new Reach();
        reach.opened(at, first.id());
        return reach;
    }

    private static Reach open(Peer first, HostPort at, Peer second, HostPort secondAt) {
        Reach reach = open(first, at);
        reach.opened(secondAt, second.id());
        return reach;
    }

    private static Peer peer(String nodeId, int port, boolean isProxy, HostPort... proxies) {
        NodeIdentity identity = new NodeIdentity(nodeId, 1, GossipAddress.parse("10.0.1.1:" + port));
        return new Peer(identity, 1, isProxy, new HostPort("10.0.1.1", port), List.of(proxies), Peer.NOT_SAID, null);
    }

    private static Peer proxy(String nodeId, HostPort address) {
        NodeIdentity identity = new NodeIdentity(nodeId, 1, GossipAddress.parse("10.0.1.9:9"));
        return new Peer(identity, 0, true, address, List.of(), Peer.NOT_SAID, null);
    }
}
