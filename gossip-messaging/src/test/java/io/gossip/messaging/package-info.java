/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.messaging;

import org.jspecify.annotations.NullMarked;
