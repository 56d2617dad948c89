/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/** Takes its own hearing for perfect, as the reference does. */
final class TrustedHearing implements Hearing {
    @Override
    public void roundBegan(long nowNanos, int livePeers) {}

    @Override
    public void heard(long nowNanos) {}

    @Override
    public long listenedNanos(long nowNanos) {
        return nowNanos;
    }

    @Override
    public void paceChanged(long intervalNanos, int fanout, long nowNanos) {}

    @Override
    public boolean isWaking() {
        return false;
    }

    @Override
    public long shortestGapNanos() {
        return 0;
    }
}
