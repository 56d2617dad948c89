/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

/** A scenario that cannot be: the message names the line, where there is one, and what was expected. */
public final class ScenarioException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message for the author of the scenario.
     *
     * @param message what is wrong and what would be right
     */
    public ScenarioException(String message) {
        super(message);
    }
}
