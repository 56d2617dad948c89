/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.NodeIdentity;

/** A running member with a clock and a socket of its own. */
interface Peer extends Member {
    /** A view for large states: numbers and a hash in place of the keys. */
    Fingerprint fingerprintOf(NodeIdentity member);

    /** Sets {@code count} keys to values of {@code bytes} characters that hardly compress. */
    void fill(String prefix, int count, int bytes);

    /** Stops all work until {@link #resume()}, as a debugger or a long collection of garbage does. */
    void pause();

    void resume();

    /** Ends it without a goodbye. */
    void kill();
}
