/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.json.JsonObject;

/** One publication: what one step of the node changed. Its sequence is one above that of the publication before. */
public sealed interface ClusterPublication permits MembersPublication, KeysPublication {
    /** {@return its place among the publications of both addresses, from 1} */
    long sequence();

    /** {@return the cluster it is about} */
    String clusterId();

    /** {@return the body as JSON, fields in the documented order; 64-bit numbers are unsigned integers} */
    JsonObject toJson();
}
