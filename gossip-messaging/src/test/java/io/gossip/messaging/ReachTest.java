/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final HostPort NUMBER = HostPort.parse("address", "10.0.0.1:1");
    private static final HostPort NAME = HostPort.parse("address", "proxy.example:1");
    private static final HostPort OTHER = HostPort.parse("address", "10.0.0.2:1");
    private static final PeerId PROXY = new PeerId("proxy", 1, 0);

    private final Reach reach = new Reach();

    @Test
    void anAddressThatNobodyAnsweredAtStandsForItself() {
        assertThat(reach.preferred(NAME)).isEqualTo(NAME);
        assertThat(reach.isOpen(NAME)).isFalse();
        assertThat(reach.failed(NAME)).isFalse();
    }

    @Test
    void whicheverConnectionTheProxyEndsTheOtherAddressIsUsedForBoth() {
        assertThat(reach.opened(NUMBER, PROXY)).isTrue();
        assertThat(reach.opened(NAME, PROXY)).isTrue();
        assertThat(reach.preferred(NUMBER))
                .as("not known yet which of the two ends")
                .isEqualTo(NUMBER);

        assertThat(reach.failed(NUMBER)).isTrue();

        assertThat(reach.preferred(List.of(NUMBER, NAME, OTHER))).containsExactly(NAME, OTHER);
    }

    @Test
    void theEndOfTheFirstMayBeToldBeforeTheSecondAnswers() {
        reach.opened(NUMBER, PROXY);
        reach.failed(NUMBER);
        assertThat(reach.preferred(NUMBER)).isEqualTo(NUMBER);

        reach.opened(NAME, PROXY);

        assertThat(reach.preferred(NUMBER)).isEqualTo(NAME);
    }

    @Test
    void bothAreTriedAgainWhenTheOneInUseFails() {
        reach.opened(NUMBER, PROXY);
        reach.opened(NAME, PROXY);
        reach.failed(NUMBER);

        reach.failed(NAME);

        assertThat(reach.preferred(List.of(NUMBER, NAME))).containsExactly(NUMBER, NAME);
    }

    @Test
    void aNameThatLeadsElsewhereNowIsNoSecondNameAnyLonger() {
        reach.opened(NUMBER, PROXY);
        reach.answered(NAME, PROXY);
        assertThat(reach.preferred(NAME)).isEqualTo(NUMBER);

        reach.opened(NAME, new PeerId("proxy", 2, 0));

        assertThat(reach.preferred(List.of(NAME, NUMBER))).containsExactly(NAME, NUMBER);
        assertThat(reach.opened(NAME, new PeerId("proxy", 2, 0)))
                .as("nothing new")
                .isFalse();
    }

    @Test
    void whatNobodyNamesIsForgotten() {
        reach.opened(NUMBER, PROXY);
        reach.answered(NAME, PROXY);

        reach.retain(OTHER::equals);

        assertThat(reach.preferred(NAME)).isEqualTo(NAME);
        assertThat(reach.isOpen(NUMBER)).as("in use").isTrue();
    }
}
