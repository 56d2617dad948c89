/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The requests kept from the origin, with their shapes: {@code /}, {@code /members}, {@code /set_kv},
 * {@code /update_service}.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.kept;

import org.jspecify.annotations.NullMarked;
