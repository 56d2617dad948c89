/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What this node believes versus another member: whom it may ask, how, and the difference of the two views.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.compare;

import org.jspecify.annotations.NullMarked;
