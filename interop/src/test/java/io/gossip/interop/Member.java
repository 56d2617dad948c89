/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;

/** One member, whatever it is made of, as a test writes to it and sees it. */
interface Member extends AutoCloseable {
    NodeIdentity identity();

    /** What this member knows now, all at one moment. */
    View view();

    void set(String key, String value);

    void setWithTtl(String key, String value);

    void delete(String key);

    void deleteAfterTtl(String key);

    @Override
    void close();

    default GossipAddress address() {
        return identity().gossipAddress();
    }

    default String nodeId() {
        return identity().nodeId();
    }
}
