/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

/**
 * What a write of this node's own state did.
 *
 * @param outcome what happened
 * @param version the key's version after it, unsigned; 0 if the key is absent
 */
public record WriteResult(Outcome outcome, long version) {
    /** What a write did. */
    public enum Outcome {
        /** The key was not visible before; it has a new version now. */
        CREATED,
        /** The visible key has a new version (also: was deleted, was marked). */
        UPDATED,
        /** The write changed nothing. */
        UNCHANGED,
        /** There was no such key to delete or touch. */
        ABSENT
    }
}
