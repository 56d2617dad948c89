/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.Tcp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connects and says nothing. */
public final class TcpProbe {
    private final Duration patience;

    /**
     * A probe.
     *
     * @param patience how long to wait for a connection
     */
    public TcpProbe(Duration patience) {
        this.patience = patience;
    }

    /**
     * Asks one address.
     *
     * @param host name or IP address
     * @param port above 0
     * @return what came of it
     */
    public Tcp ask(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            return Tcp.CONNECTS;
        } catch (ConnectException refused) {
            return Tcp.REFUSED;
        } catch (IOException silent) {
            return Tcp.SILENT;
        }
    }
}
