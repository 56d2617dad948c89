/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a node knows of the cluster: one node state per identity with its key-values, versions and tombstones, and the
 * rules by which deltas change them. Knows neither digests nor bytes nor liveness.
 */
@NullMarked
package io.gossip.core.state;

import org.jspecify.annotations.NullMarked;
