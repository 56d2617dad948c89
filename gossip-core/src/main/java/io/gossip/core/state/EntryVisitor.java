/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/** Is shown entries of a node state one by one. */
@FunctionalInterface
public interface EntryVisitor {
    /**
     * Takes one entry.
     *
     * @param mutation the entry
     * @param keyBytes UTF-8 length of its key, bytes
     * @param valueBytes UTF-8 length of its value, bytes
     * @return whether to go on to the next entry
     */
    boolean visit(KeyMutation mutation, int keyBytes, int valueBytes);
}
