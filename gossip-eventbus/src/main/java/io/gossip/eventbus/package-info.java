/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tells the application about the cluster over the event bus: {@link io.gossip.eventbus.GossipVerticle} runs one member
 * and publishes what changes, {@link io.gossip.eventbus.GossipService} asks and writes, {@link io.gossip.eventbus.ClusterView} follows. It knows
 * neither HTTP nor sockets.
 */
@NullMarked
package io.gossip.eventbus;

import org.jspecify.annotations.NullMarked;
