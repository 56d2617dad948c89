/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.gossip.eventbus.ClusterPicture;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A weak entity tag (RFC 9110 §8.8.3) made of the node's generation, the sequence of its picture and the name of the
 * representation: equal as long as nothing but heartbeats changed.
 *
 * @param text as the header has it
 */
public record EntityTag(String text) {
    // One member of the list; what is neither a tag nor an asterisk names nothing.
    private static final Pattern CANDIDATE = Pattern.compile("\\s*(?:W/)?(\"[^\"]*\"|[^,]*)\\s*(?:,|$)");

    public static EntityTag of(ClusterPicture picture, String representation) {
        return new EntityTag("W/\"" + Long.toUnsignedString(picture.self().generation()) + "-"
                + Long.toUnsignedString(picture.sequence()) + "-" + representation + "\"");
    }

    /** Whether the header names this tag, compared weakly, or any at all, as RFC 9110 §13.1.2 has it. */
    boolean isNamedBy(List<String> ifNoneMatch) {
        return isNamedBy(ifNoneMatch, true);
    }

    /** Whether the header names this very tag. */
    boolean isNamedOutrightBy(List<String> ifNoneMatch) {
        return isNamedBy(ifNoneMatch, false);
    }

    private boolean isNamedBy(List<String> ifNoneMatch, boolean anyCounts) {
        String opaque = text.substring("W/".length());
        for (String line : ifNoneMatch) {
            Matcher candidates = CANDIDATE.matcher(line);
            while (candidates.lookingAt()) {
                String candidate = candidates.group(1).trim();
                if ((anyCounts && candidate.equals("*")) || candidate.equals(opaque)) {
                    return true;
                }
                if (candidates.end() >= line.length()) {
                    break;
                }
                candidates.region(candidates.end(), line.length());
            }
        }
        return false;
    }
}
