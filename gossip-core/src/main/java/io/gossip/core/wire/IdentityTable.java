/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the identities of known members by their bytes, so that reading the digest of a thousand members makes no
 * new identity objects.
 *
 * <p>Peers send digests in the order of the identities, which is ours too: the entry after the last one found is tried
 * first, then a hash index. Names are chosen by strangers and can be made to collide, so only a few places of the index
 * are looked at. A known member that found no place among them is not recognised: its reader builds an equal identity,
 * which costs a little time and is right all the same.
 *
 * <p><b>Threads:</b> confined.
 */
public final class IdentityTable {
    private static final int MAX_PROBES = 16;

    private NodeIdentity[] entries = new NodeIdentity[0];

    // The wire forms one behind the other, so that trying the next entry reads on where the last one ended: form i lies
    // from ends[i] to ends[i + 1].
    private byte[] forms = new byte[0];
    private int[] ends = new int[1];

    private int[] slots = new int[1]; // 1 + index of an entry, 0 where empty; linear probing
    private int mask;
    private int next;
    private int found;

    /** Makes a table that knows nobody. */
    public IdentityTable() {}

    /**
     * Makes these the identities to recognise, instead of those before.
     *
     * @param sorted identities in ascending order, each once; another order only costs time
     */
    public void replaceAll(List<NodeIdentity> sorted) {
        entries = sorted.toArray(NodeIdentity[]::new);
        layOut();
        int capacity = Integer.highestOneBit(Math.max(1, entries.length)) * 4;
        slots = new int[capacity];
        mask = capacity - 1;
        next = 0;
        found = 0;
        for (int i = 0; i < entries.length; i++) {
            index(i);
        }
    }

    /**
     * Tries the identity that comes after the one found last.
     *
     * @param bytes may have its wire form at {@code from}. A wire form tells its own length, so what matches it is the whole
     *     identity
     * @param from first byte, inclusive
     * @param limit where the bytes end, exclusive
     * @return the length of its wire form, and {@link #found} is this identity; 0 if another one stands there
     */
    int findNext(byte[] bytes, int from, int limit) {
        if (next == entries.length) {
            return 0;
        }
        int length = ends[next + 1] - ends[next];
        if (length > limit - from || !Arrays.equals(forms, ends[next], ends[next + 1], bytes, from, from + length)) {
            return 0;
        }
        hit(next);
        return length;
    }

    /** The identity found last. */
    NodeIdentity found() {
        return entries[found];
    }

    /**
     * Finds the identity whose wire form (wire format §3) is a stretch of bytes, with the index.
     *
     * @param bytes holds the wire form
     * @param from first byte, inclusive
     * @param to last byte, exclusive
     * @return the identity, or null if it is not recognised; then it may still equal a known one
     */
    @Nullable
    NodeIdentity find(byte[] bytes, int from, int to) {
        int hash = spread(NodeIdentity.hashOfWireForm(bytes, from, to));
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int slot = slots[(hash + probe) & mask];
            if (slot == 0) {
                return null;
            }
            if (entries[slot - 1].hasWireForm(bytes, from, to)) {
                return hit(slot - 1);
            }
        }
        return null;
    }

    /** {@return the number of identities known} */
    public int size() {
        return entries.length;
    }

    private void layOut() {
        ends = new int[entries.length + 1];
        for (int i = 0; i < entries.length; i++) {
            ends[i + 1] = Math.addExact(ends[i], entries[i].wireLength());
        }
        forms = new byte[ends[entries.length]];
        for (int i = 0; i < entries.length; i++) {
            entries[i].writeTo(forms, ends[i]);
        }
    }

    private NodeIdentity hit(int index) {
        found = index;
        next = index + 1 == entries.length ? 0 : index + 1;
        return entries[index];
    }

    private void index(int entry) {
        int hash = spread(entries[entry].hashCode());
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int at = (hash + probe) & mask;
            if (slots[at] == 0) {
                slots[at] = entry + 1;
                return;
            }
        }
    }

    // The low bits of a polynomial hash depend on the last bytes only; fold the high ones in.
    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ mixed >>> 16;
    }

    @Override
    public String toString() {
        return "IdentityTable" + Arrays.toString(entries);
    }
}
