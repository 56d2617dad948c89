/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * All members of a picture in identity order, cut into chunks of {@value #CHUNK}. Putting another in the place of one
 * copies its chunk and the list of chunks, 200 references of 10,000; whoever comes or goes costs a pass over all.
 *
 * <p><b>Threads:</b> immutable.
 */
final class MemberTable extends AbstractList<MemberPicture> implements RandomAccess {
    static final int CHUNK = 64;

    private final MemberPicture[][] chunks; // all but the last are full
    private final int size;

    private MemberTable(MemberPicture[][] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** Copies the members, each identity once, in any order. */
    static MemberTable of(List<MemberPicture> members) {
        MemberPicture[] sorted = members.toArray(new MemberPicture[0]);
        Arrays.sort(sorted, Comparator.comparing(MemberPicture::identity));
        MemberPicture[][] chunks = new MemberPicture[(sorted.length + CHUNK - 1) / CHUNK][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = Arrays.copyOfRange(sorted, i * CHUNK, Math.min(sorted.length, (i + 1) * CHUNK));
        }
        return new MemberTable(chunks, sorted.length);
    }

    /** The table with another picture of a member that it has. */
    MemberTable with(int index, MemberPicture member) {
        if (get(index) == member) {
            return this;
        }
        MemberPicture[][] changed = chunks.clone();
        MemberPicture[] chunk = changed[index / CHUNK].clone();
        chunk[index % CHUNK] = member;
        changed[index / CHUNK] = chunk;
        return new MemberTable(changed, size);
    }

    @Override
    public MemberPicture get(int index) {
        Objects.checkIndex(index, size);
        return chunks[index / CHUNK][index % CHUNK];
    }

    @Override
    public int size() {
        return size;
    }

    /** Where a member stands; negative if it is not there. */
    int indexOf(NodeIdentity identity) {
        int at = firstIndex(member -> member.identity().compareTo(identity) >= 0);
        return at < size && get(at).identity().equals(identity) ? at : -1;
    }

    /** The member of the highest generation of a node id, which stands last. */
    Optional<MemberPicture> latest(String nodeId) {
        int after = firstIndex(member -> Utf8.compare(member.identity().nodeId(), nodeId) > 0);
        return after > 0 && get(after - 1).identity().nodeId().equals(nodeId)
                ? Optional.of(get(after - 1))
                : Optional.empty();
    }

    /** The first for which the condition holds, when it holds for all that follow it. */
    private int firstIndex(Predicate<MemberPicture> condition) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
