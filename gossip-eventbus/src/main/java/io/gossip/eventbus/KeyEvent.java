/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;

/**
 * One key of one member changed, as {@link ClusterView#onKeys} tells it.
 *
 * @param member whose key
 * @param key what follows the prefix that was asked for; empty if the key equals it
 * @param value its value; empty once it is deleted
 * @param version its version, unsigned
 * @param kind what happened to it
 */
public record KeyEvent(NodeIdentity member, String key, String value, long version, KeyChange.Kind kind) {
    /** {@return whether the key can be read now; false once it is deleted or collected} */
    public boolean isSet() {
        return switch (kind) {
            case SET, DELETE_AFTER_TTL -> true;
            case DELETED, EXPIRED -> false;
        };
    }
}
