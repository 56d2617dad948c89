/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;

/**
 * Room left in the message being built. The wire layer implements it with the exact size formula; reconciliation only
 * asks.
 *
 * <p>Each {@code add…} method answers whether the operation surely fits and, if so, takes it: the implementation may write it
 * at once, so that what is written already counts with its real, compressed length. A refused operation leaves no trace.
 *
 * <p><b>Threads:</b> confined.
 */
public interface ByteBudget {
    /**
     * Opens a node delta together with its first key-value, so that no node op is left without anything behind it.
     *
     * @param head how the node delta begins
     * @param mutation the key-value
     * @param keyBytes UTF-8 length of the key, bytes
     * @param valueBytes UTF-8 length of the value, bytes
     * @return whether both fit and were taken
     */
    boolean addNodeWithKeyValue(NodeHead head, KeyMutation mutation, int keyBytes, int valueBytes);

    /**
     * Opens a node delta together with a "set max version".
     *
     * @param head how the node delta begins
     * @param maxVersion unsigned
     * @return whether both fit and were taken
     */
    boolean addNodeWithMaxVersion(NodeHead head, long maxVersion);

    /**
     * Adds a key-value to the open node delta.
     *
     * @param mutation the key-value
     * @param keyBytes UTF-8 length of the key, bytes
     * @param valueBytes UTF-8 length of the value, bytes
     * @return whether it fits and was taken
     */
    boolean addKeyValue(KeyMutation mutation, int keyBytes, int valueBytes);

    /**
     * Adds a "set max version" to the open node delta.
     *
     * @param maxVersion unsigned
     * @return whether it fits and was taken
     */
    boolean addMaxVersion(long maxVersion);

    /**
     * Whether a key-value would fit if the message held nothing else (W9): if not, waiting for the next message is no
     * help, and the next member should get its turn.
     *
     * @param identity the member
     * @param keyBytes UTF-8 length of the key, bytes
     * @param valueBytes UTF-8 length of the value, bytes
     * @return whether it fits alone
     */
    boolean fitsAlone(NodeIdentity identity, int keyBytes, int valueBytes);
}
