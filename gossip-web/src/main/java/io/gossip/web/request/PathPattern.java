/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables, {@code /api/v1/members/{nodeId}/keys/{key}}. It is compared with the path as the client sent it,
 * split before it is decoded and never normalised: a segment may stand for any text, {@code .}, {@code ..}, the empty one
 * and escaped slashes included. A variable at the end that is marked, {@code {key*}}, takes the whole rest with its slashes.
 */
public final class PathPattern {
    private final String text;
    private final List<String> segments;
    private final boolean takesRest;

    PathPattern(String text) {
        this.text = text;
        this.takesRest = text.endsWith("*}");
        this.segments = List.of(text.substring(1).replace("*}", "}").split("/", -1));
    }

    /** Whether there is but one path, so that it can be looked up. */
    boolean isFixed() {
        return text.indexOf('{') < 0;
    }

    /** The pattern as the API document writes it. */
    public String text() {
        return text.replace("*}", "}");
    }

    /**
     * Compares with a path.
     *
     * @param rawPath begins with a slash; percent-encoded
     * @return the decoded variables by name; empty if it is another path
     * @throws ProblemException 400 if it is this path, and a variable in it is malformed
     */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> parts = split(rawPath);
        if (parts.size() != segments.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!isVariable(segments.get(i)) && !segments.get(i).equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                values.put(segment.substring(1, segment.length() - 1), PercentText.ofPath(parts.get(i)));
            }
        }
        return Optional.of(values);
    }

    private List<String> split(String rawPath) {
        List<String> parts = new ArrayList<>(segments.size() + 1);
        int from = 1;
        int to = rawPath.indexOf('/', from);
        while (to >= 0 && parts.size() <= segments.size() && !(takesRest && parts.size() == segments.size() - 1)) {
            parts.add(rawPath.substring(from, to));
            from = to + 1;
            to = rawPath.indexOf('/', from);
        }
        parts.add(rawPath.substring(from));
        return parts;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    @Override
    public String toString() {
        return text;
    }
}
