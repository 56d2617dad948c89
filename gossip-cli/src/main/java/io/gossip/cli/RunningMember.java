/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.HostPort;

/**
 * A member that runs in this process.
 *
 * @param self who it is
 * @param clusterId the cluster it is in
 * @param http where HTTP is served, with the port that was really bound
 * @param tls whether HTTP is served over TLS
 * @param verticles what it consists of
 */
record RunningMember(NodeIdentity self, String clusterId, HostPort http, boolean tls, MemberVerticles verticles) {
    /** {@return the address of a page of this member} */
    String url(String path) {
        return (tls ? "https://" : "http://") + http + path;
    }
}
