/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where settings come from: defaults, a file, the environment, options, the later ones stronger. Knows keys and texts, of
 * what options there are only what their descriptions say, and nothing of what a member does with them.
 */
@NullMarked
package io.gossip.cli.config;

import org.jspecify.annotations.NullMarked;
