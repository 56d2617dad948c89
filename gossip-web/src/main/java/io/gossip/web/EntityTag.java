/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import java.util.List;

/**
 * A weak entity tag (RFC 9110 §8.8.3) made of the node's generation, the sequence of its picture and the name of the
 * representation: equal as long as nothing but heartbeats changed.
 *
 * @param text as the header has it
 */
record EntityTag(String text) {
    static EntityTag of(ClusterPicture picture, String representation) {
        return new EntityTag("W/\"" + Long.toUnsignedString(picture.self().generation()) + "-"
                + Long.toUnsignedString(picture.sequence()) + "-" + representation + "\"");
    }

    /** Whether one of the header's values names this tag, compared weakly as RFC 9110 §13.1.2 asks. */
    boolean isNamedBy(List<String> ifNoneMatch) {
        String opaque = opaque(text);
        for (String line : ifNoneMatch) {
            for (String candidate : line.split(",", -1)) { // our tags hold no comma
                String trimmed = candidate.trim();
                if (trimmed.equals("*") || opaque(trimmed).equals(opaque)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
