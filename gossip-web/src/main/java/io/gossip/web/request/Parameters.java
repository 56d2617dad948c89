/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read strictly: what a lenient reader would silently change (a broken escape, bytes that
 * are not UTF-8, a semicolon taken for a separator) would end up as another key or value than the client meant.
 *
 * <p>Only the names asked for are kept, so that a long query of nonsense costs nothing.
 */
public final class Parameters {
    private final Set<String> names;
    private final boolean othersAllowed;
    private final Map<String, String> values = new HashMap<>();

    private Parameters(Set<String> names, boolean othersAllowed) {
        this.names = names;
        this.othersAllowed = othersAllowed;
    }

    /** Reader of these; others do not count. */
    public Parameters(Set<String> names) {
        this(names, true);
    }

    /** Reader of these and no others. */
    public static Parameters only(Set<String> names) {
        return new Parameters(names, false);
    }

    /**
     * Adds parameters in the form of {@code application/x-www-form-urlencoded}.
     *
     * @param encoded one char for each byte; null for none
     * @return this
     * @throws ProblemException 400 if it is malformed or gives one of the names twice
     */
    public Parameters add(@Nullable String encoded) {
        if (encoded == null) {
            return this;
        }
        int from = 0;
        while (from <= encoded.length()) {
            int separator = encoded.indexOf('&', from);
            int to = separator < 0 ? encoded.length() : separator;
            if (to > from) {
                addPair(encoded.substring(from, to));
            }
            from = to + 1;
        }
        return this;
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A parameter that is {@code true} or {@code false}; false if it was not given. */
    public boolean flag(String name) {
        return oneOf(name, List.of("false", "true")).equals("true");
    }

    /** A parameter that has one of some values; the first of them if it was not given. */
    public String oneOf(String name, List<String> allowed) {
        String value = get(name).orElse(allowed.get(0));
        if (!allowed.contains(value)) {
            throw new ProblemException(400, "parameter '" + name + "' must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    private void refuseOther(String name) {
        if (!othersAllowed) {
            throw new ProblemException(
                    400,
                    "parameter '" + shown(name) + "' is unknown here"
                            + (names.isEmpty() ? "" : ", known: " + String.join(", ", new TreeSet<>(names))));
        }
    }

    private static String shown(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    private void addPair(String pair) {
        int equals = pair.indexOf('=');
        String name = PercentText.ofForm(equals < 0 ? pair : pair.substring(0, equals));
        if (!names.contains(name)) {
            refuseOther(name);
            return;
        }
        String value = equals < 0 ? "" : PercentText.ofForm(pair.substring(equals + 1));
        if (values.put(name, value) != null) {
            throw new ProblemException(400, "parameter '" + name + "' is given more than once");
        }
    }
}
