/* SPDX-License-Identifier: Apache-2.0 */
/** What must hold in every run, whoever runs it. Sees what members report and what they send, never the inside of an engine. */
@NullMarked
package io.gossip.simulator.law;

import org.jspecify.annotations.NullMarked;
