/* SPDX-License-Identifier: Apache-2.0 */
/** Runs our nodes against the published Rust crate, in real processes and over real sockets of the loopback. */
@NullMarked
package io.gossip.interop;

import org.jspecify.annotations.NullMarked;
