/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;

/** One run of a member in words. */
final class IdentityText {
    private IdentityText() {}

    /** {@code NAME, generation N, at HOST:PORT}. */
    static String of(JsonNode id) {
        return TextTable.visible(id.path("node_id").asText()) + ", generation "
                + id.path("generation_id").asText() + ", at "
                + id.path("gossip_advertise_addr").asText() + ",";
    }
}
