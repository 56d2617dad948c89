/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.MemberPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of a member's keys.
 *
 * @param prefix what they begin with; may be empty
 * @param reserved whether reserved ones too
 * @param after only those behind this one in UTF-8 order; empty for all
 * @param limit at most so many
 */
record KeyQuery(String prefix, boolean reserved, Optional<String> after, int limit) {
    /** No limit. */
    static final int ALL = Integer.MAX_VALUE;

    /**
     * What was found.
     *
     * @param entries in UTF-8 order of the keys
     * @param more whether the limit left some out
     */
    record Result(List<KeyMutation> entries, boolean more) {}

    /** The visible keys of a member that are asked for. */
    Result in(MemberPicture member) {
        List<KeyMutation> all = member.entries();
        List<KeyMutation> found = new ArrayList<>();
        for (int i = start(all); i < all.size(); i++) {
            KeyMutation entry = all.get(i);
            if (!entry.key().startsWith(prefix)) {
                break; // keys with the prefix stand together
            }
            if (isVisible(entry) && (reserved || !ReservedKeys.isReserved(entry.key()))) {
                if (found.size() == limit) {
                    return new Result(found, true);
                }
                found.add(entry);
            }
        }
        return new Result(found, false);
    }

    /** Whether the key can be read: a tombstone cannot. */
    static boolean isVisible(KeyMutation entry) {
        return entry.status() != EntryStatus.TOMBSTONE;
    }

    private int start(List<KeyMutation> all) {
        int from = firstNotBelow(all, prefix);
        if (after.isEmpty()) {
            return from;
        }
        int behind = firstNotBelow(all, after.get());
        boolean found = behind < all.size() && all.get(behind).key().equals(after.get());
        return Math.max(from, found ? behind + 1 : behind);
    }

    private static int firstNotBelow(List<KeyMutation> all, String key) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Utf8.compare(all.get(middle).key(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
