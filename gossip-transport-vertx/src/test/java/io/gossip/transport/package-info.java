/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the transports and of the node that uses them. */
@NullMarked
package io.gossip.transport;

import org.jspecify.annotations.NullMarked;
