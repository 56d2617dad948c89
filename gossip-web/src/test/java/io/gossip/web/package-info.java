/* SPDX-License-Identifier: Apache-2.0 */
/** Tests with a real HTTP client, most against a scripted node on the event bus. */
@NullMarked
package io.gossip.web;

import org.jspecify.annotations.NullMarked;
