/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/**
 * One write of one key, as a delta carries it and a snapshot shows it.
 *
 * @param key the key; may be empty
 * @param value the text; empty for a tombstone as nodes write it, though others may send one with a value
 * @param version unsigned position in the owner's history
 * @param status what the write means
 */
public record KeyMutation(String key, String value, long version, EntryStatus status) {}
