/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

/** A value of an option that no member can run with. */
final class RefusedOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final String why;

    RefusedOption(String option, String why) {
        super(option + ": " + why);
        this.option = option;
        this.why = why;
    }

    RefusedOption(String option, String why, Throwable cause) {
        super(option + ": " + why, cause);
        this.option = option;
        this.why = why;
    }

    /** {@return the option, with its dashes} */
    String option() {
        return option;
    }

    /** {@return what is wrong, without the option's name} */
    String why() {
        return why;
    }
}
