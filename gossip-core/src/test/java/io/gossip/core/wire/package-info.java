/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the wire format: golden vectors, hostile bytes, and the arithmetic of the size budget. */
@NullMarked
package io.gossip.core.wire;

import org.jspecify.annotations.NullMarked;
