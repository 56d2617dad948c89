/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** Whether the one media type that a resource has is acceptable (RFC 9110 §12.5.1). */
public final class Negotiation {
    public static final String JSON = "application/json";
    public static final String EVENTS = "text/event-stream";

    private Negotiation() {}

    /**
     * Refuses a request whose {@code Accept} rules the media type out. Without that header, all is acceptable.
     *
     * @param context the request
     * @param mediaType type and subtype in lower case, without parameters
     * @throws ProblemException 406
     */
    public static void require(RoutingContext context, String mediaType) {
        List<String> lines = context.request().headers().getAll("Accept");
        if (!accepts(lines, mediaType)) {
            throw new ProblemException(406, "what is here is " + mediaType + ", which Accept rules out");
        }
    }

    /** The most specific range that covers the type decides; its weight must not be 0. */
    public static boolean accepts(List<String> lines, String mediaType) {
        int best = -1;
        boolean accepted = true;
        for (String line : lines) {
            for (String range : line.split(",", -1)) {
                String[] parts = range.trim().toLowerCase(Locale.ROOT).split(";", -1);
                if (parts[0].isBlank()) {
                    continue;
                }
                int fit = fit(parts[0].trim(), mediaType);
                accepted = (best < 0 && fit < 0) ? false : accepted;
                if (fit > best) {
                    best = fit;
                    accepted = !isWeightedZero(parts);
                }
            }
        }
        return accepted;
    }

    private static int fit(String range, String mediaType) {
        if (range.equals(mediaType)) {
            return 2;
        }
        String type = mediaType.substring(0, mediaType.indexOf('/'));
        return range.equals(type + "/*") ? 1 : range.equals("*/*") || range.equals("*") ? 0 : -1;
    }

    private static boolean isWeightedZero(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].trim().matches("q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }
}
