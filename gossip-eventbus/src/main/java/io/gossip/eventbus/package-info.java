/* SPDX-License-Identifier: Apache-2.0 */
/** Tells the application about the cluster over the event bus. It knows neither HTTP nor sockets. */
@NullMarked
package io.gossip.eventbus;

import org.jspecify.annotations.NullMarked;
