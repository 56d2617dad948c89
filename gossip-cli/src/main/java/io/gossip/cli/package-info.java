/* SPDX-License-Identifier: Apache-2.0 */
/** The standalone node and the operator's tools: composition and configuration, no logic. */
@NullMarked
package io.gossip.cli;

import org.jspecify.annotations.NullMarked;
