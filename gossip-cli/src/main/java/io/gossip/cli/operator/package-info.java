/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The operator's commands: they ask a running node over HTTP, print what it answers, and know nothing of how a node is
 * run.
 */
@NullMarked
package io.gossip.cli.operator;

import org.jspecify.annotations.NullMarked;
