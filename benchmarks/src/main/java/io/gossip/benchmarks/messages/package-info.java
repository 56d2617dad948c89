/* SPDX-License-Identifier: Apache-2.0 */
/** Messages between members side by side with the clustered event bus of Vert.x on Hazelcast. */
@NullMarked
package io.gossip.benchmarks.messages;

import org.jspecify.annotations.NullMarked;
