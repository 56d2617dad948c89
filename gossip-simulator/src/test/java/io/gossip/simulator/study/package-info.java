/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.simulator.study;

import org.jspecify.annotations.NullMarked;
