/* SPDX-License-Identifier: Apache-2.0 */
/** Looks for scenarios that break a law, and makes those it finds small. */
@NullMarked
package io.gossip.simulator.explore;

import org.jspecify.annotations.NullMarked;
