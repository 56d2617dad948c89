/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Decides where a proxy passes a frame on to.
 *
 * <p>All proxies of a cluster are connected with each other. So what came from another proxy goes to no third one: nothing
 * can run in circles, and one step between proxies is enough. The number of hops is counted all the same, for the case that
 * somebody else's proxy thinks otherwise.
 */
final class ProxySwitch {
    /** A frame that was passed on more often is dropped. */
    static final int MAX_HOPS = 4;

    private ProxySwitch() {}

    /**
     * Where a frame goes.
     *
     * @param from who brought it
     * @param cameFrom what that one is
     * @param others everybody else connected here, each once
     * @param roleOf what each of them is
     */
    static List<PeerId> next(
            Frame frame, PeerId from, Role cameFrom, Collection<PeerId> others, Function<PeerId, Role> roleOf) {
        if (frame instanceof Frame.Data data && data.hops() < MAX_HOPS) {
            PeerId target = data.target();
            return target == null
                    ? everybody(data, from, cameFrom, others, roleOf)
                    : towards(target, from, cameFrom, others, roleOf);
        }
        if (frame instanceof Frame.Ack ack && ack.hops() < MAX_HOPS) {
            return towards(ack.sender(), from, cameFrom, others, roleOf);
        }
        return List.of();
    }

    private static List<PeerId> everybody(
            Frame.Data data, PeerId from, Role cameFrom, Collection<PeerId> others, Function<PeerId, Role> roleOf) {
        List<PeerId> next = new ArrayList<>();
        for (PeerId other : others) {
            boolean wanted = switch (roleOf.apply(other)) {
                case PROXY -> cameFrom != Role.PROXY;
                case SUBSCRIBER -> true;
                case MEMBER -> !data.subscribersOnly();
            };
            if (wanted && !other.equals(from) && !other.equals(data.source())) {
                next.add(other);
            }
        }
        return next;
    }

    private static List<PeerId> towards(
            PeerId target, PeerId from, Role cameFrom, Collection<PeerId> others, Function<PeerId, Role> roleOf) {
        if (others.contains(target)) {
            return target.equals(from) ? List.of() : List.of(target);
        }
        if (cameFrom == Role.PROXY) {
            return List.of();
        }
        return others.stream()
                .filter(other -> roleOf.apply(other) == Role.PROXY && !other.equals(from))
                .toList();
    }
}
