/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a request finds its resource, what it needs to be let in, what it says (parameters, body, media types), and how it
 * is told that something is wrong. It knows nothing of the cluster.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.request;

import org.jspecify.annotations.NullMarked;
