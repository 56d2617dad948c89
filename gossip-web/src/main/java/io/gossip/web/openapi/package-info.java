/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The document at {@code /openapi.json}, cut to what this node really serves and to the rules of its node.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.openapi;

import org.jspecify.annotations.NullMarked;
