/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Scuttlebutt reconciliation: a digest says how much a node knows, a delta brings what the other side lacks, most
 * urgent first, cut to a budget. Asks a {@link io.gossip.core.reconcile.ByteBudget} for room; knows no bytes itself.
 */
@NullMarked
package io.gossip.core.reconcile;

import org.jspecify.annotations.NullMarked;
