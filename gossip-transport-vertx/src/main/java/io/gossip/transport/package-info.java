/* SPDX-License-Identifier: Apache-2.0 */
/** Carries out what the engine decides, on one Vert.x context. It makes no protocol decision. */
@NullMarked
package io.gossip.transport;

import org.jspecify.annotations.NullMarked;
