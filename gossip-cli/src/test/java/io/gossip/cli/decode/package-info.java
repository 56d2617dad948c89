/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of datagrams as JSON. */
@NullMarked
package io.gossip.cli.decode;

import org.jspecify.annotations.NullMarked;
