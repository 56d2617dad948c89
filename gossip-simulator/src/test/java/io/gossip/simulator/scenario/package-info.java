/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.simulator.scenario;

import org.jspecify.annotations.NullMarked;
