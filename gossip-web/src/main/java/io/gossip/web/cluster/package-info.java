/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The picture of the cluster that all readers share, for as long as there is a node; answers that wait for it to change.
 * The only one that asks the node on behalf of readers.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.cluster;

import org.jspecify.annotations.NullMarked;
