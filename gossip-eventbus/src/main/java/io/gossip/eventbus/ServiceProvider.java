/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;

/**
 * A ready member and the service it offers.
 *
 * @param member who offers it
 * @param service what it offers, and where
 */
public record ServiceProvider(NodeIdentity member, ServiceInfo service) {
    /** {@return where the service answers, {@code ip:port}} */
    public String host() {
        return service.host();
    }
}
