/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/**
 * What happened to one key in one step.
 *
 * @param key the key
 * @param value its value after the step; empty when deleted, the last value when expired
 * @param version unsigned version of the entry; that of the collected entry when expired
 * @param kind what happened
 */
public record KeyChange(String key, String value, long version, Kind kind) {
    /** What happened to a key. */
    public enum Kind {
        /** Stored as a plain value. */
        SET,
        /** Deleted: a tombstone stands in its place. */
        DELETED,
        /** Stored, or marked, as a value that will be collected. */
        DELETE_AFTER_TTL,
        /** Collected: tombstone or value are gone without a new version. */
        EXPIRED
    }
}
