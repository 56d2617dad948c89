/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.simulator.report;

import org.jspecify.annotations.NullMarked;
