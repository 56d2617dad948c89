/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Shows the cluster over HTTP: the verticle, its options, and what puts the parts together. The web side reads the cluster view
 * only and writes through the gossip service only; it knows neither engine nor socket.
 *
 * <p>The packages below this one are internal: what is public there is so for its neighbours, and may change at any time.
 */
@NullMarked
package io.gossip.web;

import org.jspecify.annotations.NullMarked;
