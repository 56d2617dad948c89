/* SPDX-License-Identifier: Apache-2.0 */
/** The same work that {@code chitchat-bench} gives the Rust crate, given to this product: real nodes, real sockets. */
@NullMarked
package io.gossip.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
