/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who is let in: tokens, origins, names of hosts, connections; and certificates that may change while it listens.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.security;

import org.jspecify.annotations.NullMarked;
