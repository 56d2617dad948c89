/* SPDX-License-Identifier: Apache-2.0 */
/** Crashes, damage and restarts. */
@NullMarked
package io.gossip.persistence;

import org.jspecify.annotations.NullMarked;
