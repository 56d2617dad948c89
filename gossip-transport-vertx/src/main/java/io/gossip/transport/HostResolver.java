/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Finds the IP addresses of a host. */
@FunctionalInterface
interface HostResolver {
    /** {@return all addresses, 4 or 16 bytes each, at least one; completes on the context of the node} */
    Future<List<byte[]>> resolve(String host);

    /**
     * The resolver of the JDK, which knows {@code /etc/hosts} and the search list. It blocks, so it runs on a worker
     * thread.
     */
    static HostResolver ofTheSystem(NodeContext context) {
        return host -> context.callBlocking(() -> lookUp(host));
    }

    private static List<byte[]> lookUp(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getAddress)
                .toList();
    }
}
