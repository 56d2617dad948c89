/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;

/**
 * How a node delta begins.
 *
 * @param identity the member it is about
 * @param lastGcVersion the sender's last GC version for it, unsigned
 * @param fromVersionExcluded the node delta holds what happened after this version, unsigned
 */
public record NodeHead(NodeIdentity identity, long lastGcVersion, long fromVersionExcluded) {}
