/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import java.util.Arrays;

/**
 * One run of one member: node id, generation and advertised gossip address. Two identities are equal only when all
 * three parts are; a restart with a new generation is another identity.
 *
 * <p>The wire form (wire format §3) is kept beside the parts: it makes writing, recognising and ordering an identity a
 * matter of bytes, which is what most of a node's work is about.
 *
 * <p>The order is the wire's (§11): node id by UTF-8 bytes, generation as unsigned number, address.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class NodeIdentity implements Comparable<NodeIdentity> {
    private static final int MAX_NODE_ID_BYTES = 0xffff;

    private final String nodeId;
    private final long generation;
    private final GossipAddress gossipAddress;
    private final byte[] wireForm;
    private final int hash;

    /**
     * An identity from its parts.
     *
     * @param nodeId name of the member, at most 65,535 bytes of UTF-8; may be empty
     * @param generation unsigned 64-bit number that grows at each restart
     * @param gossipAddress where others reach this member
     * @throws IllegalArgumentException if the node id is not well-formed text or too long
     */
    public NodeIdentity(String nodeId, long generation, GossipAddress gossipAddress) {
        if (!Utf8.isWellFormed(nodeId)) {
            throw new IllegalArgumentException("node id holds an unpaired surrogate");
        }
        this.nodeId = nodeId;
        this.generation = generation;
        this.gossipAddress = gossipAddress;
        this.wireForm = IdentityWireForm.write(nodeId, generation, gossipAddress, MAX_NODE_ID_BYTES);
        this.hash = IdentityWireForm.hash(wireForm, 0, wireForm.length);
    }

    /** {@return the name of the member; may be empty} */
    public String nodeId() {
        return nodeId;
    }

    /** {@return the generation, an unsigned 64-bit number} */
    public long generation() {
        return generation;
    }

    /** {@return the address other members use to reach this one} */
    public GossipAddress gossipAddress() {
        return gossipAddress;
    }

    /** {@return the length of the wire form in bytes} */
    public int wireLength() {
        return wireForm.length;
    }

    /**
     * Copies the wire form.
     *
     * @param target receives {@link #wireLength()} bytes
     * @param offset where they start
     */
    public void writeTo(byte[] target, int offset) {
        System.arraycopy(wireForm, 0, target, offset, wireForm.length);
    }

    /**
     * Tells whether a stretch of bytes is this identity's wire form.
     *
     * @param bytes holds the candidate
     * @param from first byte, inclusive
     * @param to last byte, exclusive
     * @return whether the bytes are equal
     */
    public boolean hasWireForm(byte[] bytes, int from, int to) {
        return Arrays.equals(wireForm, 0, wireForm.length, bytes, from, to);
    }

    /**
     * The hash code of the identity whose wire form stands in {@code bytes}, without building it.
     *
     * @param bytes holds the wire form
     * @param from first byte, inclusive
     * @param to last byte, exclusive
     * @return what {@link #hashCode()} of that identity returns
     */
    public static int hashOfWireForm(byte[] bytes, int from, int to) {
        return IdentityWireForm.hash(bytes, from, to);
    }

    @Override
    public int compareTo(NodeIdentity other) {
        int byName = Utf8.compare(nodeId, other.nodeId);
        if (byName != 0) {
            return byName;
        }
        int byGeneration = Long.compareUnsigned(generation, other.generation);
        return byGeneration != 0 ? byGeneration : gossipAddress.compareTo(other.gossipAddress);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof NodeIdentity that && hash == that.hash && Arrays.equals(wireForm, that.wireForm));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@return {@code node-id/generation@host:port}, for logs} */
    @Override
    public String toString() {
        return nodeId + "/" + Long.toUnsignedString(generation) + "@" + gossipAddress;
    }
}
