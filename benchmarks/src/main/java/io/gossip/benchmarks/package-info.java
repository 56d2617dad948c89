/* SPDX-License-Identifier: Apache-2.0 */
/** Speed of the hot paths. A benchmark measures; it asserts nothing about time. */
@NullMarked
package io.gossip.benchmarks;

import org.jspecify.annotations.NullMarked;
