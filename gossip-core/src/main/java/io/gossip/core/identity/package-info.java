/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who a member is: its identity, the address it gossips at, and the order all members agree on.
 *
 * <p>The ground floor: knows nothing of state, time or bytes beyond the wire form of an identity.
 */
@NullMarked
package io.gossip.core.identity;

import org.jspecify.annotations.NullMarked;
