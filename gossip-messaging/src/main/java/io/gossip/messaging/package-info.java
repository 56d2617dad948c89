/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Members talk to one another: direct and broadcast messages with acknowledgements, requests with replies, proxies
 * (docs/messaging.md). It finds peers through the cluster view and knows neither engine nor UDP socket.
 */
@NullMarked
package io.gossip.messaging;

import org.jspecify.annotations.NullMarked;
