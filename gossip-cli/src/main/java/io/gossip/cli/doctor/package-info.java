/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is wrong with a node and its place in the cluster: evidence, and checks that judge it. How evidence is collected
 * over HTTP is not known here; datagrams are sent by {@link io.gossip.cli.doctor.UdpProbe} alone.
 */
@NullMarked
package io.gossip.cli.doctor;

import org.jspecify.annotations.NullMarked;
