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
    /**
     * The change that a write makes, or that an entry is for someone who had nothing before.
     *
     * @param mutation the write or entry
     * @return the change; never one of kind {@link Kind#EXPIRED}
     */
    public static KeyChange of(KeyMutation mutation) {
        Kind kind = switch (mutation.status()) {
            case SET -> Kind.SET;
            case TOMBSTONE -> Kind.DELETED;
            case DELETE_AFTER_TTL -> Kind.DELETE_AFTER_TTL;
        };
        return new KeyChange(mutation.key(), mutation.value(), mutation.version(), kind);
    }

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
