/* SPDX-License-Identifier: Apache-2.0 */
/** What a run is made of: an immutable description, its builder and its text. Knows neither engines nor time. */
@NullMarked
package io.gossip.simulator.scenario;

import org.jspecify.annotations.NullMarked;
