/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import org.junit.jupiter.api.Test;

class MessageNodeOptionsTest {
    @Test
    void isComparedByValueAlsoAfterTheWayThroughJson() {
        MessageNodeOptions options = new MessageNodeOptions(
                new GossipOptions().setAddressPrefix("other"), new MessagingOptions().setMaxPayloadBytes(7));

        assertThat(MessageNodeOptions.fromJson(options.toJson()))
                .isEqualTo(options)
                .hasSameHashCodeAs(options);
        assertThat(new MessageNodeOptions(options.gossip(), new MessagingOptions()))
                .isNotEqualTo(options);
        assertThat(new MessageNodeOptions(new GossipOptions(), options.messaging()))
                .isNotEqualTo(options);
    }
}
