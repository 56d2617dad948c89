/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import java.util.ArrayList;
import java.util.List;

/** What the engine wants done, collected in order during one step. */
final class Effects {
    private final List<Effect> pending = new ArrayList<>();

    void add(Effect effect) {
        pending.add(effect);
    }

    void changed(ClusterEvent event) {
        pending.add(new Effect.Changed(event));
    }

    void notice(Effect.Notice.Kind kind, String text) {
        pending.add(new Effect.Notice(kind, text));
    }

    List<Effect> drain() {
        List<Effect> drained = List.copyOf(pending);
        pending.clear();
        return drained;
    }
}
