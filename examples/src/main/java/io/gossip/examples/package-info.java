/* SPDX-License-Identifier: Apache-2.0 */
/** Small programs to copy. */
@NullMarked
package io.gossip.examples;

import org.jspecify.annotations.NullMarked;
