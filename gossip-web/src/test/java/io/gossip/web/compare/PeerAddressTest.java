/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.request.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
    @ParameterizedTest
    @CsvSource({
        // ours, theirs, what they say of HTTP
        "127.0.0.1:1, 127.0.0.1:2, 127.0.0.1:8080",
        "127.0.0.1:1, 192.168.0.2:2, 192.168.0.2:8080",
        "10.0.0.1:1, 192.168.0.2:2, 192.168.0.2:8080",
        "10.0.0.1:1, 8.8.8.8:2, 8.8.8.8:80",
        "8.8.4.4:1, 8.8.8.8:2, 8.8.8.8:80",
        "'[fd00::1]:1', '[fd00::2]:2', '[fd00:0::2]:8080'"
    })
    void asksTheMachineThatTheMemberGossipsFrom(String ours, String theirs, String http) {
        assertThat(PeerAddress.of(self(ours), live(theirs, http)).toString())
                .endsWith(http.substring(http.lastIndexOf(':')));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:1, 127.0.0.1:2, 127.0.0.1:8080", // whoever says so is not on our machine
        "10.0.0.1:1, 169.254.169.254:2, 169.254.169.254:80",
        "8.8.4.4:1, 10.0.0.2:2, 10.0.0.2:8080",
        "8.8.4.4:1, 169.254.169.254:2, 169.254.169.254:80",
        "'[2001:db8::1]:1', '[::ffff:10.0.0.2]:2', '[::ffff:10.0.0.2]:80'",
        "'[fd00::1]:1', '[::1]:2', '[::1]:80'"
    })
    void asksNoAddressThatIsNearerThanOurOwn(String ours, String theirs, String http) {
        refuses(self(ours), live(theirs, http), "nearer than our own");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2, 127.0.0.2:80",
        "10.0.0.2:2, 10.0.0.3:80",
        "10.0.0.2:2, '[::ffff:10.0.0.2]:80'",
        "10.0.0.2:2, 0.0.0.0:80"
    })
    void asksNoOtherMachine(String theirs, String http) {
        refuses(self("127.0.0.1:1"), live(theirs, http), "another machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "localhost:80",
                "http://127.0.0.1:80",
                "127.0.0.1:80/path",
                "user@127.0.0.1:80",
                "127.1:80",
                "0x7f000001:80",
                "2130706433:80",
                "127.0.0.1:80\r\nX: y"
            })
    void takesOnlyAnIpAddressWithAPort(String http) {
        refuses(self("127.0.0.1:1"), live("127.0.0.1:2", http), "not an IP address with a port");
    }

    @Test
    void asksNeitherItselfNorTheDeadNorTheSilent() {
        NodeIdentity self = self("127.0.0.1:1");
        NodeIdentity other = identity("other", 1, "127.0.0.1:2");
        var http = entry(PeerAddress.KEY, "127.0.0.1:8080", 1);

        refuses(self, picture(self, MemberState.LIVE, http), "the node itself");
        refuses(self, picture(other, MemberState.DEAD, http), "not live");
        refuses(self, picture(other, MemberState.LEFT, http), "not live");
        refuses(self, picture(other, MemberState.LIVE, entry("color", "red", 1)), "does not tell");
    }

    private static void refuses(NodeIdentity self, MemberPicture other, String reason) {
        assertThatThrownBy(() -> PeerAddress.of(self, other))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.status()).isEqualTo(409))
                .hasMessageContaining(reason);
    }

    private static NodeIdentity self(String address) {
        return identity("self", 1, address);
    }

    private static MemberPicture live(String gossip, String http) {
        return picture(identity("other", 1, gossip), MemberState.LIVE, entry(PeerAddress.KEY, http, 1));
    }

    private static MemberPicture picture(NodeIdentity identity, MemberState state, KeyMutation entry) {
        ClusterSnapshot snapshot =
                new ClusterSnapshot("c", identity, List.of(member(identity, state, 1, entry)), List.of());
        return ClusterPicture.of(1, snapshot).members().get(0);
    }
}
