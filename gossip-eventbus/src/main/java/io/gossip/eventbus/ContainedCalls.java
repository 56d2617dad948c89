/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Context;
import io.vertx.core.Handler;

/** Calls handlers of the application. What one throws goes to the context's exception handler and keeps nothing else up. */
final class ContainedCalls {
    private final Context context;

    ContainedCalls(Context context) {
        this.context = context;
    }

    <T> void call(Handler<? super T> handler, T value) {
        try {
            handler.handle(value);
        } catch (RuntimeException failure) {
            report(failure);
        } catch (AssertionError | StackOverflowError failure) {
            context.runOnContext(nothing -> {
                throw failure;
            });
        }
    }

    void report(RuntimeException failure) {
        context.runOnContext(nothing -> {
            throw failure;
        });
    }
}
