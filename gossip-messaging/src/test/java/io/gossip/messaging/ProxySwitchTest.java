/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxySwitchTest {
    private static final PeerId MEMBER = new PeerId("member", 1, 0);
    private static final PeerId SUBSCRIBER = new PeerId("subscriber", 1, 0);
    private static final PeerId PROXY = new PeerId("proxy", 1, 0);
    private static final PeerId OTHER_PROXY = new PeerId("proxy2", 1, 0);
    private static final PeerId FAR = new PeerId("far", 1, 0);
    private static final Map<PeerId, Role> ROLES = new TreeMap<>(Comparator.comparing(PeerId::nodeId));

    static {
        ROLES.put(MEMBER, Role.MEMBER);
        ROLES.put(SUBSCRIBER, Role.SUBSCRIBER);
        ROLES.put(PROXY, Role.PROXY);
        ROLES.put(OTHER_PROXY, Role.PROXY);
    }

    @Test
    void aBroadcastOfASubscriberGoesToEverybodyElse() {
        assertThat(next(data(SUBSCRIBER, null, 0, false), SUBSCRIBER))
                .containsExactlyInAnyOrder(MEMBER, PROXY, OTHER_PROXY);
    }

    @Test
    void aBroadcastOfAMemberThatReachesTheOthersItselfGoesToSubscribersAndProxies() {
        assertThat(next(data(MEMBER, null, 0, true), MEMBER)).containsExactlyInAnyOrder(SUBSCRIBER, PROXY, OTHER_PROXY);
    }

    @Test
    void whatCameFromAProxyGoesToNoProxy() {
        assertThat(next(data(FAR, null, 1, false), PROXY)).containsExactlyInAnyOrder(MEMBER, SUBSCRIBER);
        assertThat(next(data(FAR, new PeerId("elsewhere", 1, 0), 1, false), PROXY))
                .isEmpty();
    }

    @Test
    void neverGoesBackToItsSource() {
        assertThat(next(data(SUBSCRIBER, null, 1, false), PROXY)).containsExactly(MEMBER);
    }

    @Test
    void aDirectMessageGoesToItsTargetOrToAllProxies() {
        assertThat(next(data(MEMBER, SUBSCRIBER, 0, false), MEMBER)).containsExactly(SUBSCRIBER);
        assertThat(next(data(MEMBER, FAR, 0, false), MEMBER)).containsExactlyInAnyOrder(PROXY, OTHER_PROXY);
    }

    @Test
    void anAcknowledgementGoesTowardsWhoSentTheMessage() {
        assertThat(next(new Frame.Ack(FAR, MEMBER, 0, new long[] {1}), PROXY)).containsExactly(MEMBER);
        assertThat(next(new Frame.Ack(MEMBER, FAR, 0, new long[] {1}), MEMBER))
                .containsExactlyInAnyOrder(PROXY, OTHER_PROXY);
    }

    @Test
    void whatWasPassedOnTooOftenEndsHere() {
        assertThat(next(data(FAR, null, ProxySwitch.MAX_HOPS, false), PROXY)).isEmpty();
        assertThat(next(new Frame.Ack(FAR, MEMBER, ProxySwitch.MAX_HOPS, new long[] {1}), PROXY))
                .isEmpty();
    }

    private static List<PeerId> next(Frame frame, PeerId from) {
        return ProxySwitch.next(frame, from, role(from), Set.copyOf(ROLES.keySet()), ProxySwitchTest::role);
    }

    private static Role role(PeerId peer) {
        return Objects.requireNonNull(ROLES.get(peer));
    }

    private static Frame.Data data(PeerId source, @Nullable PeerId target, int hops, boolean subscribersOnly) {
        return new Frame.Data(
                source, target, target == null, 1, 0, Frame.Kind.PLAIN, 0, hops, subscribersOnly, Buffer.buffer("x"));
    }
}
