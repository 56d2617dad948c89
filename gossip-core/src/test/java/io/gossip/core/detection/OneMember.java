/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/** Tables of all members with one member in them, for tests of how one is judged. */
final class OneMember {
    /** Its slot: not the first, so that nobody who forgets to ask for it is right. */
    static final int MEMBER = 3;

    private OneMember() {}

    static HeartbeatLedger ledger(double phiThreshold) {
        HeartbeatLedger ledger = new HeartbeatLedger(phiThreshold);
        ledger.start(MEMBER, 0);
        return ledger;
    }

    static HeartbeatRelay relay() {
        HeartbeatRelay relay = new HeartbeatRelay();
        relay.start(MEMBER, 0);
        return relay;
    }

    static PhiAccrualDetector detector(DetectorSettings settings) {
        PhiAccrualDetector detector = new PhiAccrualDetector(settings);
        detector.begin(MEMBER);
        return detector;
    }

    static ArrivalWindows window(int capacity) {
        ArrivalWindows windows = new ArrivalWindows(capacity);
        windows.clear(MEMBER);
        return windows;
    }
}
