/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;

/**
 * How much a node knows of one member.
 *
 * @param identity the member
 * @param heartbeat greatest heartbeat seen, unsigned
 * @param lastGcVersion unsigned
 * @param maxVersion unsigned
 */
public record NodeDigest(NodeIdentity identity, long heartbeat, long lastGcVersion, long maxVersion) {}
