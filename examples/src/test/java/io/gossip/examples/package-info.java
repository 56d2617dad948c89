/* SPDX-License-Identifier: Apache-2.0 */
/** Runs the examples. */
@NullMarked
package io.gossip.examples;

import org.jspecify.annotations.NullMarked;
