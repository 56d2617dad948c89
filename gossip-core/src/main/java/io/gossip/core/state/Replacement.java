/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a whole node state that comes from outside before it replaces one (W32). */
final class Replacement {
    private Replacement() {}

    static List<KeyMutation> inVersionOrder(List<KeyMutation> entries, long maxVersion) {
        List<KeyMutation> inOrder = new ArrayList<>(entries);
        inOrder.sort((a, b) -> Long.compareUnsigned(a.version(), b.version()));
        Set<String> keys = new HashSet<>();
        long previous = 0;
        for (KeyMutation entry : inOrder) {
            if (entry.version() == 0) {
                throw trouble(entry, "has version 0");
            }
            if (entry.version() == previous) {
                throw trouble(entry, "has version " + text(previous) + " like another key");
            }
            if (Long.compareUnsigned(entry.version(), maxVersion) > 0) {
                throw trouble(entry, "has version " + text(entry.version()) + " above max version " + text(maxVersion));
            }
            if (!keys.add(entry.key())) {
                throw trouble(entry, "occurs twice");
            }
            previous = entry.version();
        }
        return inOrder;
    }

    private static IllegalArgumentException trouble(KeyMutation entry, String what) {
        return new IllegalArgumentException("key '" + entry.key() + "' " + what);
    }

    private static String text(long version) {
        return Long.toUnsignedString(version);
    }
}
