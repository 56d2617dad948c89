/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of a member, with or without TLS. */
final class Sockets {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Vertx vertx;
    private final @Nullable MessagingTls tls;

    Sockets(Vertx vertx, MessagingOptions options) {
        this.vertx = vertx;
        tls = options.getTls();
    }

    NetServer server() {
        NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
        MessagingTls files = tls;
        if (files != null) {
            options.setSsl(true).setClientAuth(ClientAuth.REQUIRED);
            options.setKeyCertOptions(keys(files)).setTrustOptions(trust(files));
        }
        return vertx.createNetServer(options);
    }

    NetClient client() {
        NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        MessagingTls files = tls;
        if (files != null) {
            // The node id in the certificate is checked after the hello; host names say nothing here.
            options.setSsl(true).setHostnameVerificationAlgorithm("");
            options.setKeyCertOptions(keys(files)).setTrustOptions(trust(files));
        }
        return vertx.createNetClient(options);
    }

    /** Reads keys and certificates again; connections that are open stay as they are. */
    static Future<Void> renew(NetServer server, NetClient client, MessagingTls files) {
        return server.updateSSLOptions(serverTls(files), true)
                .compose(renewed -> client.updateSSLOptions(clientTls(files), true))
                .mapEmpty();
    }

    private static ServerSSLOptions serverTls(MessagingTls files) {
        ServerSSLOptions options = new ServerSSLOptions().setClientAuth(ClientAuth.REQUIRED);
        options.setKeyCertOptions(keys(files)).setTrustOptions(trust(files));
        return options;
    }

    private static ClientSSLOptions clientTls(MessagingTls files) {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
        options.setKeyCertOptions(keys(files)).setTrustOptions(trust(files));
        return options;
    }

    private static PemKeyCertOptions keys(MessagingTls files) {
        return new PemKeyCertOptions().addCertPath(files.certificatePath()).addKeyPath(files.keyPath());
    }

    private static PemTrustOptions trust(MessagingTls files) {
        return new PemTrustOptions().addCertPath(files.trustPath());
    }
}
