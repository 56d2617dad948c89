/* SPDX-License-Identifier: Apache-2.0 */
/** The gossip protocol as a pure state machine: no sockets, no threads, no clocks. */
module io.gossip.core {
    requires static transitive org.jspecify;
    requires com.github.luben.zstd_jni;

    exports io.gossip.core.identity;
    exports io.gossip.core.state;
    exports io.gossip.core.event;
    exports io.gossip.core.reconcile;
    exports io.gossip.core.detection;
    exports io.gossip.core.selection;
    exports io.gossip.core.admission;
    exports io.gossip.core.message;
    exports io.gossip.core.wire;
    exports io.gossip.core.engine;
}
