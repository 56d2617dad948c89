/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Bytes in pieces, shared by all who write them out.
 *
 * @param buffers at most {@value ChunkedBytes#CHUNK} bytes each; never changed
 * @param length bytes of all together
 */
public record Chunks(List<Buffer> buffers, long length) {
    public Chunks {
        buffers = List.copyOf(buffers);
    }

    public Chunks(List<Buffer> buffers) {
        this(buffers, buffers.stream().mapToLong(Buffer::length).sum());
    }
}
