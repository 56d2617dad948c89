/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whom to gossip with in a round (semantics §10). Knows addresses only: neither state nor time, and chance only as the
 * generator it is given.
 */
@NullMarked
package io.gossip.core.selection;

import org.jspecify.annotations.NullMarked;
