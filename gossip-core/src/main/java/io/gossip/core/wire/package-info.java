/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Bytes to messages and back: the wire format of chitchat 0.13, versions 0 and 1. Decoding is total: any bytes yield a
 * message or a reason, within bounded memory. The only package that knows zstd.
 */
@NullMarked
package io.gossip.core.wire;

import org.jspecify.annotations.NullMarked;
