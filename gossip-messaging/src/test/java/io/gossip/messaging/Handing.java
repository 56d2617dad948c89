/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;

/** Gives what comes to a receiver. */
record Handing(Receiver receiver) implements Connection.Owner {
    @Override
    public void greeted(Connection connection, Frame.Hello hello) {}

    @Override
    public void received(Connection connection, Frame frame) {
        if (frame instanceof Frame.Data data) {
            receiver.received(connection, data, false);
        }
    }

    @Override
    public void writable(Connection connection) {}

    @Override
    public void closed(Connection connection, String reason) {}
}
