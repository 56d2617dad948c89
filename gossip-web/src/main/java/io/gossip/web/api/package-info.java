/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The resources under {@code /api/v1}, apart from events and the comparison with other members.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.api;

import org.jspecify.annotations.NullMarked;
