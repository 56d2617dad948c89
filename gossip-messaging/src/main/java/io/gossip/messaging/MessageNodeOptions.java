/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/**
 * A member that gossips and talks: both halves of its configuration. As JSON: {@code {"gossip":{…},"messaging":{…}}}, each
 * optional, as {@link GossipOptions} and {@link MessagingOptions} read them.
 *
 * @param gossip how it takes part in the cluster
 * @param messaging how it talks to others
 */
public record MessageNodeOptions(GossipOptions gossip, MessagingOptions messaging) {
    private static final Set<String> NAMES = new TreeSet<>(Set.of("gossip", "messaging"));

    /**
     * Copies both.
     *
     * @param gossip how it takes part in the cluster
     * @param messaging how it talks to others
     */
    public MessageNodeOptions {
        gossip = new GossipOptions(gossip);
        messaging = new MessagingOptions(messaging);
    }

    /** The defaults of both. */
    public MessageNodeOptions() {
        this(new GossipOptions(), new MessagingOptions());
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its defaults.
     *
     * @param json the configuration
     * @return both halves
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public static MessageNodeOptions fromJson(JsonObject json) {
        OptionReader reader = new OptionReader(json, NAMES);
        Halves halves = new Halves();
        reader.object("gossip", value -> halves.gossip = new GossipOptions(value));
        reader.object("messaging", value -> halves.messaging = new MessagingOptions(value));
        return new MessageNodeOptions(halves.gossip, halves.messaging);
    }

    /** {@return both halves as JSON} */
    public JsonObject toJson() {
        return new JsonObject().put("gossip", gossip.toJson()).put("messaging", messaging.toJson());
    }

    private static final class Halves {
        private GossipOptions gossip = new GossipOptions();
        private MessagingOptions messaging = new MessagingOptions();
    }
}
