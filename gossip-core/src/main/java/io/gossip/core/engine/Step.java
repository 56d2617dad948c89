/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a function that ran with the state, and what the shell must do because of it, even if it failed.
 *
 * @param value what the function returned; null if it returned null or failed
 * @param failure what it threw; null if it succeeded
 * @param effects what to carry out, in order
 * @param <T> what the function returns
 */
public record Step<T>(@Nullable T value, @Nullable RuntimeException failure, List<Effect> effects) {
    /**
     * Copies the list.
     *
     * @param value what the function returned
     * @param failure what it threw
     * @param effects what to carry out, in order
     */
    public Step {
        effects = List.copyOf(effects);
    }
}
