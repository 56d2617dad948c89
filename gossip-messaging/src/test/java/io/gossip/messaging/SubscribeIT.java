/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscribeIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void theListReplacesTheProxiesAndTheDirectWay() {
        String listed = talkers.startProxy("listed").address();
        talkers.startProxy("other");
        String other = talkers.proxy("other").address();
        MessageNode a =
                talkers.start("a", Talkers.options().setProxies(List.of(other)).setSubscribe(List.of(listed)));
        MessageNode b = talkers.start("b", Talkers.options().setProxies(List.of(listed)));
        b.incoming().handler(message -> {});
        talkers.awaitPeers(1);

        Waiting.result(a.direct("b", Buffer.buffer("over the listed one")));

        assertThat(talkers.proxy("listed").statistics().forwarded()).isPositive();
        assertThat(talkers.proxy("other").statistics().forwarded()).isZero();
    }
}
