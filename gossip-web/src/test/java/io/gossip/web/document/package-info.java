/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.web.document;

import org.jspecify.annotations.NullMarked;
