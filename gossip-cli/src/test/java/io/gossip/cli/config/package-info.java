/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.gossip.cli.config;

import org.jspecify.annotations.NullMarked;
