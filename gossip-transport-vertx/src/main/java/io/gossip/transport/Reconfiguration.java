/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of changing the options of something that runs. Options are named as in its JSON form, in the order of that
 * form; an option that stays as it was is in neither list.
 *
 * @param applied options in force from now on; unmodifiable
 * @param needRestart options left as they were, because only a restart can change them; unmodifiable
 */
public record Reconfiguration(List<String> applied, List<String> needRestart) {
    /** Nothing changed. */
    public static final Reconfiguration NOTHING = new Reconfiguration(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param applied options in force from now on
     * @param needRestart options left as they were
     */
    public Reconfiguration {
        applied = List.copyOf(applied);
        needRestart = List.copyOf(needRestart);
    }

    /**
     * The same for options that are part of larger ones.
     *
     * @param name what the part is called there
     * @return all names with {@code name.} before them
     */
    public Reconfiguration under(String name) {
        return new Reconfiguration(
                applied.stream().map(option -> name + "." + option).toList(),
                needRestart.stream().map(option -> name + "." + option).toList());
    }

    /**
     * The same for whoever need not know of one option.
     *
     * @param option its name
     * @return all other names
     */
    public Reconfiguration without(String option) {
        return new Reconfiguration(
                applied.stream().filter(name -> !name.equals(option)).toList(),
                needRestart.stream().filter(name -> !name.equals(option)).toList());
    }

    /**
     * Both together.
     *
     * @param other what came of changing something else
     * @return the options of this, then those of the other
     */
    public Reconfiguration and(Reconfiguration other) {
        List<String> allApplied = new ArrayList<>(applied);
        allApplied.addAll(other.applied);
        List<String> allNeedRestart = new ArrayList<>(needRestart);
        allNeedRestart.addAll(other.needRestart);
        return new Reconfiguration(allApplied, allNeedRestart);
    }
}
