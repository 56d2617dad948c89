/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

/**
 * The event bus addresses that one verticle serves.
 *
 * @param prefix what they begin with; several clusters in one Vert.x differ in it
 */
public record GossipAddresses(String prefix) {
    /** The prefix unless another is configured. */
    public static final String DEFAULT_PREFIX = "gossip";

    /**
     * Checks the prefix.
     *
     * @param prefix what they begin with; several clusters in one Vert.x differ in it
     * @throws IllegalArgumentException if the prefix is blank
     */
    public GossipAddresses {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("address prefix must not be blank");
        }
    }

    /** {@return where {@link MembersPublication} is published: {@code gossip.members}} */
    public String members() {
        return prefix + ".members";
    }

    /** {@return where {@link KeysPublication} is published: {@code gossip.keys}} */
    public String keys() {
        return prefix + ".keys";
    }

    /** {@return where requests are answered: {@code gossip.service}} */
    public String service() {
        return prefix + ".service";
    }

    /** {@return where {@link MembersPublication} is published as JSON, if that is on: {@code gossip.members.json}} */
    public String membersJson() {
        return members() + ".json";
    }

    /** {@return where {@link KeysPublication} is published as JSON, if that is on: {@code gossip.keys.json}} */
    public String keysJson() {
        return keys() + ".json";
    }
}
