/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.messaging.frame;

import org.jspecify.annotations.NullMarked;
