/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;

/** Is told what the reader finds below the level of messages. Decoding does not look; the dissector does. */
interface ReadObserver {
    /** Looks at nothing. */
    ReadObserver NONE = new ReadObserver() {};

    /** A V0 digest follows with this many entries. */
    default void digestCount(int count) {}

    /** A block of the current stream was read; its content is the last {@code contentLength} bytes so far. */
    default void block(int offset, int type, int wireLength, int contentLength) {}

    /** The current stream ended; its content is the first {@code length} bytes, valid only during the call. */
    default void streamEnd(byte[] content, int length) {}

    /** A Node op. */
    default void node(NodeIdentity identity, long lastGcVersion, long fromVersionExcluded) {}

    /** A KeyValue op. */
    default void keyValue(KeyMutation mutation) {}

    /** A SetMaxVersion op. */
    default void maxVersion(long maxVersion) {}
}
