/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server's certificate what its files say, without closing the listener or a connection. Contents are compared,
 * not times: mounted secrets are replaced by turning links, and clocks differ.
 *
 * <p><b>Threads:</b> confined to one context; files are read in worker threads.
 */
public final class TlsReload {
    private static final System.Logger LOGGER = System.getLogger(TlsReload.class.getName());
    private static final long PERIOD_MILLIS = 10_000;

    private final Vertx vertx;
    private String certificatePath;
    private String keyPath;
    private @Nullable TlsPair used;
    private @Nullable HttpServer server;
    private String lastFailure = "";

    public TlsReload(Vertx vertx, String certificatePath, String keyPath) {
        this.vertx = vertx;
        this.certificatePath = certificatePath;
        this.keyPath = keyPath;
    }

    /** What to listen with. */
    public Future<TlsPair> first() {
        return read().onSuccess(pair -> used = pair);
    }

    /** Looks at the files again and again until the verticle stops. */
    public void watch(HttpServer bound) {
        server = bound;
        vertx.setPeriodic(PERIOD_MILLIS, tick -> reload());
    }

    /** Whether something else is used from now on; fails if the files cannot be used, and then nothing changes. */
    public Future<Boolean> reload() {
        return read().compose(this::use).onFailure(this::tell);
    }

    /**
     * Goes over to other files; fails with an {@link IllegalArgumentException} if they cannot be used, and then nothing
     * changes.
     */
    public Future<Boolean> change(String newCertificatePath, String newKeyPath) {
        return read(newCertificatePath, newKeyPath)
                .recover(unusable -> Future.failedFuture(new IllegalArgumentException(unusable.getMessage(), unusable)))
                .compose(this::use)
                .onSuccess(used -> {
                    certificatePath = newCertificatePath;
                    keyPath = newKeyPath;
                });
    }

    private Future<Boolean> use(TlsPair pair) {
        if (pair.equals(used)) {
            lastFailure = "";
            return Future.succeededFuture(false);
        }
        return Objects.requireNonNull(server, "not watching yet")
                .updateSSLOptions(pair.options(), true)
                .map(done -> {
                    used = pair;
                    lastFailure = "";
                    LOGGER.log(
                            System.Logger.Level.INFO,
                            "the TLS certificate was replaced by what is in " + certificatePath);
                    return true;
                });
    }

    private Future<TlsPair> read() {
        return read(certificatePath, keyPath);
    }

    private Future<TlsPair> read(String certificate, String key) {
        return vertx.executeBlocking(() -> TlsPair.read(vertx, certificate, key));
    }

    private void tell(Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(lastFailure)) {
            lastFailure = reason;
            LOGGER.log(System.Logger.Level.WARNING, "the TLS certificate stays as it is: " + reason);
        }
    }
}
