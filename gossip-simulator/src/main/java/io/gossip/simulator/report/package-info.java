/* SPDX-License-Identifier: Apache-2.0 */
/** What came of a run, for people, for programs, and as a page to look at. */
@NullMarked
package io.gossip.simulator.report;

import org.jspecify.annotations.NullMarked;
