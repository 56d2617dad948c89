/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of what the commands print. */
@NullMarked
package io.gossip.cli.operator;

import org.jspecify.annotations.NullMarked;
