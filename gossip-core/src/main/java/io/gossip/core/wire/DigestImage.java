/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import java.util.Arrays;
import java.util.List;

/**
 * The digest of this node as bytes that are ready to be sent. Between two messages only numbers change, in place; the
 * identities are laid out anew only when members come or go.
 *
 * <p><b>Threads:</b> confined.
 */
public final class DigestImage {
    private byte[] bytes = new byte[0];
    private int length;
    private int[] numbersAt = new int[0]; // per entry: where its three numbers begin
    private int size;

    /** Makes the image of an empty digest. */
    public DigestImage() {}

    /**
     * Lays out one entry per identity, with all numbers 0, instead of the entries before.
     *
     * @param sorted identities in ascending order, each once: the order in which nodes send them
     */
    public void layout(List<NodeIdentity> sorted) {
        size = sorted.size();
        if (numbersAt.length < size) {
            numbersAt = new int[size + size / 4];
        }
        makeRoom(sorted);
        int at = 0;
        for (int i = 0; i < size; i++) {
            NodeIdentity identity = sorted.get(i);
            identity.writeTo(bytes, at);
            at += identity.wireLength();
            numbersAt[i] = at;
            Arrays.fill(bytes, at, at + WireNumbers.DIGEST_NUMBERS_BYTES, (byte) 0);
            at += WireNumbers.DIGEST_NUMBERS_BYTES;
        }
        length = at;
    }

    /**
     * Sets the numbers of one entry.
     *
     * @param index position of its identity in the list last laid out
     * @param heartbeat unsigned
     * @param lastGcVersion unsigned
     * @param maxVersion unsigned
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public void set(int index, long heartbeat, long lastGcVersion, long maxVersion) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int at = numbersAt[index];
        WireNumbers.putU64(bytes, at, heartbeat);
        WireNumbers.putU64(bytes, at + Long.BYTES, lastGcVersion);
        WireNumbers.putU64(bytes, at + 2 * Long.BYTES, maxVersion);
    }

    /** {@return the number of entries} */
    public int size() {
        return size;
    }

    /** {@return the length of all entries in bytes, without a count or blocks around them} */
    public int plainBytes() {
        return length;
    }

    /** The entries: the first {@link #plainBytes()} of these bytes. */
    byte[] bytes() {
        return bytes;
    }

    private void makeRoom(List<NodeIdentity> sorted) {
        long needed = 0;
        for (NodeIdentity identity : sorted) {
            needed += identity.wireLength() + WireNumbers.DIGEST_NUMBERS_BYTES;
        }
        if (needed > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a digest image has at most 2^30 bytes, needs " + needed);
        }
        if (bytes.length < needed) {
            bytes = new byte[(int) (needed + needed / 4)];
        }
    }
}
