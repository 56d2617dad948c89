/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.web.compare;

import org.jspecify.annotations.NullMarked;
