/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.vertx.core.http.HttpConnection;

/**
 * Closes connections beyond a limit as soon as they are made.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class ConnectionLimit {
    private static final System.Logger LOGGER = System.getLogger(ConnectionLimit.class.getName());

    private int most;
    private int open;
    private boolean told;

    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** Lets in so many from now on; connections beyond a lower limit stay open. */
    public void limit(int newMost) {
        most = newMost;
    }

    public void opened(HttpConnection connection) {
        open++;
        connection.closeHandler(closed -> open--);
        if (open > most) {
            tell();
            connection.close();
        }
    }

    // Once: who floods us must not flood the log as well.
    private void tell() {
        if (!told) {
            told = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "as many HTTP connections are open as may be, " + most + ": closing more of them (maxConnections)");
        }
    }
}
