/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Pages for people and the files they are made of.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.page;

import org.jspecify.annotations.NullMarked;
