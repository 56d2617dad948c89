/* SPDX-License-Identifier: Apache-2.0 */
/** All that is deployed: the tarball, manifests, the chart, and the versions they carry. */
@NullMarked
package io.gossip.distribution;

import org.jspecify.annotations.NullMarked;
