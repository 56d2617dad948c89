/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was made of each member for as long as the member is the same object, which it is until it changes.
 *
 * <p><b>Threads:</b> thread-safe; who comes while another makes fragments waits for it.
 *
 * @param <T> what is made of a member
 */
public final class FragmentCache<T> {
    private final Function<MemberPicture, T> maker;
    private final AtomicLong made = new AtomicLong();
    private Map<NodeIdentity, Entry<T>> entries = new HashMap<>();

    public FragmentCache(Function<MemberPicture, T> maker) {
        this.maker = maker;
    }

    /** The fragments of all members, in their order. Those of members no longer listed are forgotten. */
    public synchronized List<T> of(ClusterPicture picture) {
        int size = picture.members().size();
        Map<NodeIdentity, Entry<T>> next = new HashMap<>(2 * size);
        List<T> fragments = new ArrayList<>(size);
        for (MemberPicture member : picture.members()) {
            Entry<T> entry = entryOf(member);
            next.put(member.identity(), entry);
            fragments.add(entry.fragment());
        }
        entries = next;
        return fragments;
    }

    /** How many fragments were made so far. */
    public long made() {
        return made.get();
    }

    @SuppressWarnings("ReferenceEquality") // comparing all keys would cost as much as writing them
    private Entry<T> entryOf(MemberPicture member) {
        @Nullable Entry<T> known = entries.get(member.identity());
        if (known != null && known.member() == member) {
            return known;
        }
        made.incrementAndGet();
        return new Entry<>(member, maker.apply(member));
    }

    private record Entry<T>(MemberPicture member, T fragment) {}
}
