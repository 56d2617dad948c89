/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

/**
 * Something that an operator should know.
 *
 * @param level how bad it is
 * @param text what was found, one sentence without a full stop
 * @param advice what to do about it, one sentence without a full stop
 */
public record Finding(Level level, String text, String advice) {
    /** How bad something is. */
    public enum Level {
        /** Only that something could not be looked at. */
        NOTE,
        /** It works, but will not for ever, or not for everybody. */
        WARNING,
        /** It does not work. */
        PROBLEM
    }

    static Finding note(String text, String advice) {
        return new Finding(Level.NOTE, text, advice);
    }

    static Finding warning(String text, String advice) {
        return new Finding(Level.WARNING, text, advice);
    }

    static Finding problem(String text, String advice) {
        return new Finding(Level.PROBLEM, text, advice);
    }
}
