/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture in one line for people, however large the cluster is. */
final class PictureText {
    private static final int MAX_NAMES = 10;

    private PictureText() {}

    /** {@code cluster 'shop' #42: 2 live (a storage/3, b), 1 dead (c)}. */
    static String brief(ClusterPicture picture) {
        List<String> parts = new ArrayList<>();
        for (MemberState state : MemberState.values()) {
            List<MemberPicture> members = picture.members().stream()
                    .filter(member -> member.state() == state)
                    .toList();
            if (!members.isEmpty()) {
                parts.add(members.size() + " " + state.name().toLowerCase(Locale.ROOT) + " (" + names(picture, members)
                        + ")");
            }
        }
        return "cluster '" + picture.clusterId() + "' #" + Long.toUnsignedString(picture.sequence()) + ": "
                + String.join(", ", parts);
    }

    private static String names(ClusterPicture picture, List<MemberPicture> members) {
        String names = members.stream()
                .limit(MAX_NAMES)
                .map(member -> name(picture, member))
                .collect(Collectors.joining(", "));
        return members.size() > MAX_NAMES ? names + ", and " + (members.size() - MAX_NAMES) + " more" : names;
    }

    private static String name(ClusterPicture picture, MemberPicture member) {
        String service = member.service().map(PictureText::service).orElse("");
        String unready = member.isLive() && !picture.isReady(member) ? " not ready" : "";
        return member.identity().nodeId() + service + unready;
    }

    private static String service(ServiceInfo service) {
        return " " + service.type() + (service.sharded() ? "/" + Long.toUnsignedString(service.shard()) : "");
    }
}
