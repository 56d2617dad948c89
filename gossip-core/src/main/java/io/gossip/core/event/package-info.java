/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the application is told: changes of the cluster as values, in order, once, and immutable pictures of it. A
 * snapshot plus the later events, in order, equals the next snapshot (heartbeats aside).
 */
@NullMarked
package io.gossip.core.event;

import org.jspecify.annotations.NullMarked;
