/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What those need who run the node: health, metrics, and the others' knowledge of where it serves HTTP.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.operation;

import org.jspecify.annotations.NullMarked;
