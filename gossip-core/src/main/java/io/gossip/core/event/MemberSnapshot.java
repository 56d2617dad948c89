/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeSnapshot;

/**
 * One listed member.
 *
 * @param node its state
 * @param state what this node thinks of it
 */
public record MemberSnapshot(NodeSnapshot node, MemberState state) {
    /** {@return whose entry this is} */
    public NodeIdentity identity() {
        return node.identity();
    }
}
