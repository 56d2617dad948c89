/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells one handler of the providers of one type: those it finds at the beginning, then whenever they are others. */
final class ProviderWatch {
    private final String type;
    private final Handler<? super List<ServiceProvider>> handler;
    private @Nullable List<ServiceProvider> told; // on the view's context only
    private volatile boolean open = true;

    private ProviderWatch(String type, Handler<? super List<ServiceProvider>> handler) {
        this.type = type;
        this.handler = handler;
    }

    static Registration begin(ClusterView view, String type, Handler<? super List<ServiceProvider>> handler) {
        ProviderWatch watch = new ProviderWatch(type, handler);
        Registration registration = view.onChange(watch::look);
        view.await(picture -> true, Duration.ZERO).onSuccess(watch::look); // at once, on the view's context
        return () -> {
            watch.open = false;
            registration.close();
        };
    }

    private void look(ClusterPicture picture) {
        List<ServiceProvider> present = picture.providers(type);
        if (open && !present.equals(told)) {
            told = present;
            handler.handle(present);
        }
    }
}
