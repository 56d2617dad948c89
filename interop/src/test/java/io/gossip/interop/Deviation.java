/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

/** Where this project means to differ from the reference. Any other difference is a bug, here or there. */
enum Deviation {
    STRANGERS("ADR 3", "whoever is neither live nor a seed node speaks only for itself"),
    HEARSAY_IS_PACED("ADR 4", "a heartbeat heard from others is passed on no faster than its member beats"),
    OWN_STATE("ADR 6, W16", "nobody but its owner writes a state"),
    NOT_TOLD_ABOUT_ITSELF("ADR 7", "a delta holds nothing about the member that it is sent to"),
    RETIRED("ADR 10", "while a newer generation lives, the older one counts as dead and is in no delta"),
    HIDDEN_A_ROUND_LATER("algorithm §8", "who is scheduled for deletion is decided at the end of a round"),
    ASKS_AGAIN("ADR 25", "an answer that brought news and shows more is followed by another SYN at once"),
    MISSED_DELETIONS("ADR 15", "in the middle of a reset, who has collected less is not listened to"),
    BARE_NODE_OPERATION("W19", "a node operation with nothing behind it empties no state"),
    HEARTBEAT_SURVIVES_RESET("W20", "a reset forgets keys, not the heartbeat"),
    DELETED_STAYS_DELETED("W21", "deleteAfterTtl does not bring a deleted key back"),
    DELETED_ONCE("W22", "delete does nothing to a tombstone"),
    COLLECTED_NOW_AND_THEN("W26", "own tombstones are collected at most once per grace period, not in every round"),
    DEAD_LAST("W27", "members that were live and are dead come last in a delta"),
    TOMBSTONE_WITHOUT_VALUE("algorithm §6", "a tombstone has no value, whatever was sent with it");

    private final String source;
    private final String what;

    Deviation(String source, String what) {
        this.source = source;
        this.what = what;
    }

    @Override
    public String toString() {
        return name() + " (" + source + "): " + what;
    }
}
