/* SPDX-License-Identifier: Apache-2.0 */
/** The four messages of the protocol as values. Knows nothing of bytes. */
@NullMarked
package io.gossip.core.message;

import org.jspecify.annotations.NullMarked;
