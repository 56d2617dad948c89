/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports of the loopback that are free at the moment, for those who need to know them beforehand. They lie below those that systems hand out
 * by themselves: nobody else is given one before it is used.
 */
final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int ATTEMPTS = 1_000;
    private static final Random RANDOM = new Random();

    private FreePorts() {}

    static int tcp() {
        return free(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    }

    static int udp() {
        return free(port -> new DatagramSocket(port, InetAddress.getLoopbackAddress()));
    }

    /** Takes a port. */
    private interface Binding {
        Closeable bind(int port) throws IOException;
    }

    private static int free(Binding binding) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + RANDOM.nextInt(COUNT);
            try {
                binding.bind(port).close();
                return port;
            } catch (IOException inUse) {
                // the next one
            }
        }
        throw new AssertionError("no port is free between " + FIRST + " and " + (FIRST + COUNT));
    }
}
