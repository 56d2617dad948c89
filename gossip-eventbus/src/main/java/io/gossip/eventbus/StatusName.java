/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;

/** What JSON calls the status of a key (contracts §2) and of a change of one (§3). */
public final class StatusName {
    private StatusName() {}

    /**
     * The name of a key's status.
     *
     * @param status the status
     * @return {@code Set}, {@code Delete} or {@code DeleteAfterTtl}
     */
    public static String of(EntryStatus status) {
        return switch (status) {
            case SET -> "Set";
            case TOMBSTONE -> "Delete";
            case DELETE_AFTER_TTL -> "DeleteAfterTtl";
        };
    }

    /**
     * The name of the status that a change left a key with.
     *
     * @param kind the change
     * @return that of the status, or {@code Expired} for an entry that was collected
     */
    public static String of(KeyChange.Kind kind) {
        return switch (kind) {
            case SET -> of(EntryStatus.SET);
            case DELETED -> of(EntryStatus.TOMBSTONE);
            case DELETE_AFTER_TTL -> of(EntryStatus.DELETE_AFTER_TTL);
            case EXPIRED -> "Expired";
        };
    }

    static EntryStatus status(String name) {
        for (EntryStatus status : EntryStatus.values()) {
            if (of(status).equals(name)) {
                return status;
            }
        }
        throw new IllegalArgumentException("unknown status of a key: " + name);
    }

    static KeyChange.Kind kind(String name) {
        for (KeyChange.Kind kind : KeyChange.Kind.values()) {
            if (of(kind).equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown status of a key change: " + name);
    }
}
