/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How much is done in one turn of the event loop: requests are let in, and readers written to, a little at a time. It knows
 * nothing of what is done.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.pace;

import org.jspecify.annotations.NullMarked;
