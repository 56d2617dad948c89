/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Server-Sent Events: one log that all streams read from, each from its own place.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.stream;

import org.jspecify.annotations.NullMarked;
