/* SPDX-License-Identifier: Apache-2.0 */
/** Series of runs that measure one question; knows scenarios and their results. */
@NullMarked
package io.gossip.simulator.study;

import org.jspecify.annotations.NullMarked;
