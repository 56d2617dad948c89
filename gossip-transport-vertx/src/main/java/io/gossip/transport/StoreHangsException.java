/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.io.IOException;

/** A store did not answer in time, so a node could not start; the store may still answer, and is closed then. */
final class StoreHangsException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreHangsException(String message) {
        super(message);
    }
}
