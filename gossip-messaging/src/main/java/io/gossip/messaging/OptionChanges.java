/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which options of a talk are other ones, and which of them have to wait for a restart. */
record OptionChanges(Set<String> now, Set<String> later) {
    static OptionChanges between(MessagingOptions former, MessagingOptions wanted) {
        JsonObject before = former.toJson();
        JsonObject after = wanted.toJson();
        Set<String> now = new TreeSet<>(before.fieldNames());
        now.addAll(after.fieldNames());
        now.removeIf(name -> Objects.equals(before.getValue(name), after.getValue(name)));
        Set<String> later = new TreeSet<>(now);
        later.retainAll(switchesTls(former, wanted) ? Set.of("listenAddress", "tls") : Set.of("listenAddress"));
        now.removeAll(later);
        return new OptionChanges(now, later);
    }

    /** Whether TLS would be on after it was off, or off after it was on. */
    static boolean switchesTls(MessagingOptions former, MessagingOptions wanted) {
        return (former.getTls() == null) != (wanted.getTls() == null);
    }

    boolean changesWays() {
        return now.contains("proxies") || now.contains("subscribe");
    }

    ConfigurationUpdate toUpdate() {
        return new ConfigurationUpdate(prefixed(now), prefixed(later));
    }

    private static List<String> prefixed(Set<String> names) {
        List<String> prefixed = new ArrayList<>();
        names.forEach(name -> prefixed.add("messaging." + name));
        return prefixed;
    }
}
