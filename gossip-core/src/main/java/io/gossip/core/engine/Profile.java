/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

/** Which peers the cluster may hold. */
public enum Profile {
    /** Rust peers may be members: what would harm them is refused at write time and never passed on. */
    INTEROP,
    /** Java members only. */
    JVM
}
