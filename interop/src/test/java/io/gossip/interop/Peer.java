/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;

/** One running member, whatever it is made of, as a test drives and sees it. */
interface Peer extends AutoCloseable {
    NodeIdentity identity();

    /** What this member knows now, all at one moment. */
    View view();

    /** A view for large states: numbers and a hash in place of the keys. */
    Fingerprint fingerprintOf(NodeIdentity member);

    void set(String key, String value);

    void setWithTtl(String key, String value);

    void delete(String key);

    void deleteAfterTtl(String key);

    /** Sets {@code count} keys to values of {@code bytes} characters that hardly compress. */
    void fill(String prefix, int count, int bytes);

    /** Stops all work until {@link #resume()}, as a debugger or a long collection of garbage does. */
    void pause();

    void resume();

    /** Ends it without a goodbye. */
    void kill();

    @Override
    void close();

    default GossipAddress address() {
        return identity().gossipAddress();
    }

    default String nodeId() {
        return identity().nodeId();
    }
}
