/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeps what a member remembers in a directory: one file of text lines that survives crashes and says when it is damaged.
 * It knows files, not gossip.
 */
@NullMarked
package io.gossip.persistence;

import org.jspecify.annotations.NullMarked;
