/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link GossipServer} is set up: the member and its web interface. As JSON {@code {"gossip":{…},"web":{…}}}, both
 * optional, as {@link GossipOptions} and {@link GossipWebOptions} read them.
 *
 * <p>Address prefix and gossip interval are those of {@code gossip}; what {@code web} says about them does not count.
 *
 * <p><b>Threads:</b> confined.
 */
public class GossipServerOptions {
    private static final Set<String> NAMES = Set.of("gossip", "web");

    private GossipOptions gossip = new GossipOptions();
    private GossipWebOptions web = new GossipWebOptions();

    /** The defaults. */
    public GossipServerOptions() {}

    /**
     * Options from their parts.
     *
     * @param gossip the member; not copied
     * @param web its web interface; not copied
     */
    public GossipServerOptions(GossipOptions gossip, GossipWebOptions web) {
        this.gossip = gossip;
        this.web = web;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public GossipServerOptions(GossipServerOptions other) {
        gossip = new GossipOptions(other.gossip);
        web = new GossipWebOptions(other.web);
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its default.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public GossipServerOptions(JsonObject json) {
        for (String name : json.fieldNames()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option '" + name + "', known: gossip, web");
            }
        }
        if (json.getValue("gossip") != null) {
            gossip = new GossipOptions(part(json, "gossip"));
        }
        if (json.getValue("web") != null) {
            web = new GossipWebOptions(part(json, "web"));
        }
    }

    /** {@return the options as JSON} */
    public JsonObject toJson() {
        return new JsonObject().put("gossip", gossip.toJson()).put("web", web.toJson());
    }

    /** {@return the member; the object itself, to be changed in place} */
    public GossipOptions getGossip() {
        return gossip;
    }

    /**
     * Sets the member.
     *
     * @param value its options; not copied
     * @return this
     */
    public GossipServerOptions setGossip(GossipOptions value) {
        gossip = value;
        return this;
    }

    /** {@return the web interface; the object itself, to be changed in place} */
    public GossipWebOptions getWeb() {
        return web;
    }

    /**
     * Sets the web interface.
     *
     * @param value its options; not copied
     * @return this
     */
    public GossipServerOptions setWeb(GossipWebOptions value) {
        web = value;
        return this;
    }

    /**
     * {@return whether all options are the same}
     *
     * @param other what to compare with
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GossipServerOptions that && gossip.equals(that.gossip) && web.equals(that.web);
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    /** {@return the options as JSON, with the roles of the tokens only} */
    @Override
    public String toString() {
        return toJson().put("web", web.withoutSecrets()).encode();
    }

    private static JsonObject part(JsonObject json, String name) {
        if (json.getValue(name) instanceof JsonObject part) {
            return part;
        }
        throw new IllegalArgumentException(name + " must be an object, was " + json.getValue(name));
    }
}
