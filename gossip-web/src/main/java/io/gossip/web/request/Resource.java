/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One path and what each method does there. OPTIONS tells which those are; any other method is answered 405. */
public final class Resource {
    private static final String PATH_VALUES = "gossip.pathValues";
    private static final String PATTERN = "gossip.pattern";

    private final PathPattern path;
    private final Map<HttpMethod, Guarded> actions = new LinkedHashMap<>();
    private Predicate<RoutingContext> takesDetour = context -> false;
    private Action detour = context -> {};

    private Resource(PathPattern path) {
        this.path = path;
    }

    /**
     * A resource that does nothing yet.
     *
     * @param path see {@link PathPattern}
     * @return the resource
     */
    public static Resource at(String path) {
        return new Resource(new PathPattern(path));
    }

    /** GET, and HEAD with it: what the action sends to HEAD must have no body. */
    public Resource read(Action action) {
        return get(Access.READ, action);
    }

    /** GET and HEAD of what is no secret. */
    public Resource readByAnyone(Action action) {
        return get(Access.ANYONE, action);
    }

    /** GET and HEAD, with a say in who may. */
    public Resource readBy(Access needed, Action action) {
        return get(needed, action);
    }

    /**
     * GET and HEAD of some readers only lead elsewhere, which is no secret: they need no right for it.
     *
     * @param readers whose
     * @param action redirects them
     */
    public Resource detour(Predicate<RoutingContext> readers, Action action) {
        takesDetour = readers;
        detour = action;
        return this;
    }

    /** A method that changes something: never HEAD. */
    public Resource write(HttpMethod method, Action action) {
        actions.put(method, new Guarded(Access.WRITE, action));
        return this;
    }

    public PathPattern path() {
        return path;
    }

    /** The methods that do something, OPTIONS not among them. */
    public Set<HttpMethod> methods() {
        return actions.keySet();
    }

    /** What a request with this method needs to be let in; nothing if the method does nothing here. */
    public Access needed(HttpMethod method) {
        Guarded guarded = actions.get(method);
        return guarded == null ? Access.ANYONE : guarded.needed();
    }

    /** Whether the request is for this resource; then its path values are known. */
    boolean isAt(RoutingContext context, String rawPath) {
        Optional<Map<String, String>> values = path.match(rawPath);
        values.ifPresent(found -> context.put(PATH_VALUES, found));
        return values.isPresent();
    }

    /** The decoded text that stands in the path for one of the pattern's variables. */
    public static String pathValue(RoutingContext context, String name) {
        Map<String, String> values = context.get(PATH_VALUES);
        String value = values == null ? null : values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no variable '" + name + "'");
        }
        return value;
    }

    /** The pattern of the path that the request was for, if it was for a resource. */
    public static Optional<String> pattern(RoutingContext context) {
        return Optional.ofNullable(context.get(PATTERN));
    }

    void answer(RoutingContext context, Gate gate) {
        context.put(PATTERN, path.text());
        HttpMethod method = context.request().method();
        Guarded guarded = actions.get(method);
        if (guarded != null) {
            enter(context, gate, isDetoured(context) ? new Guarded(Access.ANYONE, detour) : guarded);
            return;
        }
        context.response().putHeader("Allow", allowed());
        if (!method.equals(HttpMethod.OPTIONS)) {
            throw new ProblemException(405, method.name() + " is not allowed here");
        }
        context.response().setStatusCode(204).end();
    }

    private boolean isDetoured(RoutingContext context) {
        HttpMethod method = context.request().method();
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) && takesDetour.test(context);
    }

    private static void enter(RoutingContext context, Gate gate, Guarded guarded) {
        gate.check(context, guarded.needed());
        guarded.action().answer(context);
    }

    private String allowed() {
        return Stream.concat(actions.keySet().stream(), Stream.of(HttpMethod.OPTIONS))
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
    }

    private Resource get(Access needed, Action action) {
        actions.put(HttpMethod.GET, new Guarded(needed, action));
        actions.put(HttpMethod.HEAD, new Guarded(needed, action));
        return this;
    }

    /** Answers one request. A {@link ProblemException} thrown becomes the answer. */
    public interface Action {
        void answer(RoutingContext context);
    }

    private record Guarded(Access needed, Action action) {}
}
