/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing to remember. Taking the same records in twice, in order, is the same as once. */
public sealed interface MemberRecord {
    /**
     * Whose memory this is.
     *
     * @param owner the node
     */
    record OwnedBy(MemberMemory.Owner owner) implements MemberRecord {}

    /**
     * A generation is about to be used.
     *
     * @param generation unsigned
     */
    record GenerationUsed(long generation) implements MemberRecord {}

    /**
     * One of the node's own keys was set.
     *
     * @param key with its value
     */
    record KeySet(MemberMemory.Key key) implements MemberRecord {}

    /**
     * One of the node's own keys was deleted or collected.
     *
     * @param key which
     */
    record KeyGone(String key) implements MemberRecord {}

    /**
     * The node has no other keys of its own than these: all others are gone. Stands for many {@link KeyGone} when it is not
     * known any more which.
     *
     * @param keys which there still may be
     */
    record OnlyKeys(Set<String> keys) implements MemberRecord {
        /**
         * Copies the set.
         *
         * @param keys which there still may be
         */
        public OnlyKeys {
            keys = Set.copyOf(keys);
        }
    }

    /**
     * These are the configured initial keys now.
     *
     * @param keyValues all of them
     */
    record Configured(Map<String, String> keyValues) implements MemberRecord {
        /**
         * Copies the map.
         *
         * @param keyValues all of them
         */
        public Configured {
            keyValues = Collections.unmodifiableMap(new LinkedHashMap<>(keyValues));
        }
    }

    /**
     * These are the members to remember.
     *
     * @param peers all of them, the one seen last first
     */
    record PeersKnown(List<MemberMemory.Peer> peers) implements MemberRecord {
        /**
         * Copies the list.
         *
         * @param peers all of them, the one seen last first
         */
        public PeersKnown {
            peers = List.copyOf(peers);
        }
    }
}
