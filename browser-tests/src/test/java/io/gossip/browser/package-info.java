/* SPDX-License-Identifier: Apache-2.0 */
/** The dashboard in a real browser, before real members. */
@NullMarked
package io.gossip.browser;

import org.jspecify.annotations.NullMarked;
