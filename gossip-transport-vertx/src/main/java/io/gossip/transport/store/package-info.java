/* SPDX-License-Identifier: Apache-2.0 */
/** What a node remembers across restarts, and the seam at which a store for it is plugged in. It knows no disk. */
@NullMarked
package io.gossip.transport.store;

import org.jspecify.annotations.NullMarked;
