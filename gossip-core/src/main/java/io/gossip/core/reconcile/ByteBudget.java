/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;

/**
 * Room left in the message being built. The wire layer implements it with the exact size formula; reconciliation only
 * asks.
 *
 * <p>Each {@code add…} method answers whether the operation surely fits and, if so, counts it. A refused operation is
 * not counted. <b>Threads:</b> confined.
 */
public interface ByteBudget {
    /**
     * Opens a node delta together with its first key-value, so that no node op is left without anything behind it.
     *
     * @param identity the member
     * @param keyBytes UTF-8 length of the key, bytes
     * @param valueBytes UTF-8 length of the value, bytes
     * @return whether both fit and were counted
     */
    boolean addNodeWithKeyValue(NodeIdentity identity, int keyBytes, int valueBytes);

    /**
     * Opens a node delta together with a "set max version".
     *
     * @param identity the member
     * @return whether both fit and were counted
     */
    boolean addNodeWithMaxVersion(NodeIdentity identity);

    /**
     * Adds a key-value to the open node delta.
     *
     * @param keyBytes UTF-8 length of the key, bytes
     * @param valueBytes UTF-8 length of the value, bytes
     * @return whether it fits and was counted
     */
    boolean addKeyValue(int keyBytes, int valueBytes);

    /**
     * Adds a "set max version" to the open node delta.
     *
     * @return whether it fits and was counted
     */
    boolean addMaxVersion();

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
