/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Some datagrams that members sent lately, for attackers who overhear. */
final class RecentDatagrams {
    private static final int KEPT = 64;

    record Overheard(int sender, byte[] datagram) {}

    private final int[] senders = new int[KEPT];
    private final byte[][] datagrams = new byte[KEPT][0];
    private int next;

    void add(int sender, byte[] datagram) {
        senders[next] = sender;
        datagrams[next] = datagram;
        next = (next + 1) % KEPT;
    }

    @Nullable
    Overheard any(RandomGenerator random) {
        int index = random.nextInt(KEPT);
        byte[] datagram = datagrams[index];
        return datagram.length == 0 ? null : new Overheard(senders[index], datagram);
    }
}
