/* SPDX-License-Identifier: Apache-2.0 */
/** The gossip protocol as a pure state machine. It knows no socket, no thread and no clock. */
@NullMarked
package io.gossip.core;

import org.jspecify.annotations.NullMarked;
