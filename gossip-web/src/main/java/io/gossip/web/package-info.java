/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Shows the cluster over HTTP. It reads the cluster view only and writes through the gossip service only; it knows neither
 * engine nor socket.
 */
@NullMarked
package io.gossip.web;

import org.jspecify.annotations.NullMarked;
