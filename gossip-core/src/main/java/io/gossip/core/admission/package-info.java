/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What strangers may cost: who is let into the list of members, who stays out of it, and how much may be answered to
 * the unknown. Everything here is bounded by a number given at construction.
 */
@NullMarked
package io.gossip.core.admission;

import org.jspecify.annotations.NullMarked;
