/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The engine that ties the protocol together: inputs and the time go in, effects come out. Confined to one thread by
 * construction; opens no socket, reads no clock, starts nothing.
 */
@NullMarked
package io.gossip.core.engine;

import org.jspecify.annotations.NullMarked;
