/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.state.KeyChange;
import io.vertx.core.Handler;

/** Picks out of publications what one handler wants to hear: the keys behind a prefix. */
final class KeyWatch implements Handler<KeysPublication> {
    private final String prefix;
    private final Handler<? super KeyEvent> handler;
    private final ContainedCalls calls;
    private final boolean reserved;
    private volatile boolean open = true;

    KeyWatch(String prefix, Handler<? super KeyEvent> handler, ContainedCalls calls) {
        this.prefix = prefix;
        this.handler = handler;
        this.calls = calls;
        reserved = ReservedKeys.isReserved(prefix);
    }

    @Override
    public void handle(KeysPublication publication) {
        for (KeyChange change : publication.changes()) {
            if (open && matches(change.key())) {
                calls.call(
                        handler,
                        new KeyEvent(
                                publication.node(),
                                change.key().substring(prefix.length()),
                                change.value(),
                                change.version(),
                                change.kind()));
            }
        }
    }

    void close() {
        open = false;
    }

    private boolean matches(String key) {
        return key.startsWith(prefix) && (reserved || !ReservedKeys.isReserved(key));
    }
}
