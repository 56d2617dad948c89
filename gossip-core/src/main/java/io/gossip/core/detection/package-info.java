/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who is alive: the phi-accrual failure detector, its arrival windows, and which heartbeats to believe. Knows time only as
 * the nanoseconds it is given.
 */
@NullMarked
package io.gossip.core.detection;

import org.jspecify.annotations.NullMarked;
