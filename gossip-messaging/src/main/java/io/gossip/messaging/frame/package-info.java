/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What two members say to each other on one TCP connection: frames and their bytes (docs/messaging.md §2). It knows no
 * socket, no peer table and no queue.
 */
@NullMarked
package io.gossip.messaging.frame;

import org.jspecify.annotations.NullMarked;
