/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All there is, by path. A path that none has is answered 404; a fixed path is found with a slash behind it too.
 *
 * <p>The router of Vert.x normalises a path before it compares it: a key such as {@code ..} would be lost.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class Resources {
    private final Gate gate;
    private final Map<String, Resource> fixed = new HashMap<>();
    private final List<Resource> withVariables = new ArrayList<>();

    public Resources(Gate gate) {
        this.gate = gate;
    }

    public Resources add(Resource resource) {
        if (resource.path().isFixed()) {
            fixed.put(resource.path().text(), resource);
        } else {
            withVariables.add(resource);
        }
        return this;
    }

    /** Every resource, in no order. */
    public List<Resource> all() {
        List<Resource> all = new ArrayList<>(fixed.values());
        all.addAll(withVariables);
        return all;
    }

    public void answer(RoutingContext context) {
        find(context, context.request().path()).answer(context, gate);
    }

    private Resource find(RoutingContext context, String rawPath) {
        Resource exact = fixed.get(rawPath);
        if (exact != null) {
            return exact;
        }
        for (Resource candidate : withVariables) {
            if (candidate.isAt(context, rawPath)) {
                return candidate;
            }
        }
        Resource withoutSlash = rawPath.endsWith("/") ? fixed.get(rawPath.substring(0, rawPath.length() - 1)) : null;
        if (withoutSlash != null) {
            return withoutSlash;
        }
        PercentText.ofPath(rawPath); // malformed is worse than unknown
        throw new ProblemException(404, "there is nothing at this path");
    }
}
