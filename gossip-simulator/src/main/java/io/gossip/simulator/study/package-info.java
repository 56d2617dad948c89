/* SPDX-License-Identifier: Apache-2.0 */
/** What a cluster of a given size costs, and how fast it is: the same runs for every size, as rows of a table. */
@NullMarked
package io.gossip.simulator.study;

import org.jspecify.annotations.NullMarked;
