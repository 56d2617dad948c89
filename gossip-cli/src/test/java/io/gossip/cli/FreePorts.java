/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports of the loopback at which nobody listens at the moment, below those that the system hands out by itself: nobody gets
 * one by chance before it is used.
 */
final class FreePorts {
    private FreePorts() {}

    /** Free for TCP and UDP. */
    static int next() {
        Random random = new Random();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = 22_000 + random.nextInt(8_000);
            try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                if (tcp.isBound() && udp.isBound()) {
                    return port;
                }
            } catch (IOException taken) {
                // another one, then
            }
        }
        throw new AssertionError("no free port");
    }
}
