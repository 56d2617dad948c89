/* SPDX-License-Identifier: Apache-2.0 */
/** One run: real engines, one event queue, virtual time, a network with faults. One random seed replays it bit for bit. */
@NullMarked
package io.gossip.simulator.run;

import org.jspecify.annotations.NullMarked;
