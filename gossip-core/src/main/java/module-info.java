/* SPDX-License-Identifier: Apache-2.0 */
/** The gossip protocol as a pure state machine: no sockets, no threads, no clocks. */
module io.gossip.core {
    requires static org.jspecify;
    requires com.github.luben.zstd_jni;

    exports io.gossip.core;
}
