/* SPDX-License-Identifier: Apache-2.0 */
/** Datagrams as JSON, for {@code gossip decode} and scripts. Reads nothing and prints nothing itself. */
@NullMarked
package io.gossip.cli.decode;

import org.jspecify.annotations.NullMarked;
