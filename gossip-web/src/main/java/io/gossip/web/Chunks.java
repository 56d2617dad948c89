/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Bytes in pieces, shared by all who write them out.
 *
 * @param buffers at most {@value ChunkedBytes#CHUNK} bytes each; never changed
 * @param length bytes of all together
 */
record Chunks(List<Buffer> buffers, long length) {
    Chunks {
        buffers = List.copyOf(buffers);
    }

    Chunks(List<Buffer> buffers) {
        this(buffers, buffers.stream().mapToLong(Buffer::length).sum());
    }
}
