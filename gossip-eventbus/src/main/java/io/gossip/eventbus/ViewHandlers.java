/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Handler;

/** Everyone who hears from one view. Called on its context; added from anywhere. */
final class ViewHandlers {
    private final ContainedCalls calls;
    private final HandlerList<ClusterPublication> publications;
    private final HandlerList<ClusterPicture> resets;
    private final HandlerList<MembersPublication> members;
    private final HandlerList<KeysPublication> keys;
    private final HandlerList<ClusterPicture> changes;

    ViewHandlers(ContainedCalls calls) {
        this.calls = calls;
        publications = new HandlerList<>(calls);
        resets = new HandlerList<>(calls);
        members = new HandlerList<>(calls);
        keys = new HandlerList<>(calls);
        changes = new HandlerList<>(calls);
    }

    Registration onPublication(Handler<? super ClusterPublication> handler) {
        return publications.add(handler);
    }

    Registration onReset(Handler<? super ClusterPicture> handler) {
        return resets.add(handler);
    }

    Registration onMembers(Handler<? super MembersPublication> handler) {
        return members.add(handler);
    }

    Registration onKeys(String prefix, Handler<? super KeyEvent> handler) {
        KeyWatch watch = new KeyWatch(prefix, handler, calls);
        Registration registration = keys.add(watch);
        return () -> {
            watch.close();
            registration.close();
        };
    }

    Registration onChange(Handler<? super ClusterPicture> handler) {
        return changes.add(handler);
    }

    /** A publication led from one picture to the next. */
    void applied(ClusterPicture before, ClusterPublication publication, ClusterPicture after) {
        publications.call(publication);
        if (publication instanceof MembersPublication change) {
            members.call(change);
        } else if (publication instanceof KeysPublication change && !keys.isEmpty()) {
            keys.call(change.reset() ? withoutReset(before, change, after) : change);
        }
        changes.call(after);
    }

    /** A snapshot took the place of the picture. */
    void replaced(ClusterPicture before, ClusterPicture after) {
        resets.call(after);
        if (!members.isEmpty()) {
            PictureDifference.members(before, after).ifPresent(members::call);
        }
        if (!keys.isEmpty()) {
            PictureDifference.keys(before, after).forEach(keys::call);
        }
        changes.call(after);
    }

    // Who watches a prefix is told which keys went; what "all" was before the reset they need not know.
    private static KeysPublication withoutReset(ClusterPicture before, KeysPublication change, ClusterPicture after) {
        return after.member(change.node())
                .map(member -> PictureDifference.keys(before, after, member))
                .orElse(change);
    }
}
