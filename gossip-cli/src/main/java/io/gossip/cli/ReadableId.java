/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names that people can tell apart and say aloud: {@code quiet-amber-otter}. */
final class ReadableId {
    private static final List<String> MOODS = words(
            "able bold brave brisk calm clear clever cosy daring eager early easy exact fair fancy fast fine firm fond "
                    + "frank fresh gentle glad grand great happy hardy honest humble jolly keen kind large late light "
                    + "lively loyal lucky mellow merry mild modest neat noble odd patient plain polite prompt proud "
                    + "pure quick quiet ready shy silent smart smooth sober steady still swift tidy warm");
    private static final List<String> COLOURS = words(
            "amber apricot ash azure beige black blue bronze brown cherry chestnut cobalt copper coral cream crimson "
                    + "cyan ebony emerald fawn ginger gold golden green grey hazel indigo iron ivory jade jet khaki "
                    + "lavender lemon lilac lime linen magenta maroon mauve mint mustard navy ochre olive opal orange "
                    + "pearl pink plum purple red rose ruby russet rusty sand scarlet sepia silver teal violet white "
                    + "yellow");
    private static final List<String> ANIMALS = words(
            "badger bat bear beaver bee bison boar camel cat cod crab crane cricket crow deer dingo dolphin dove duck "
                    + "eagle eel elk falcon ferret finch fox frog gecko goat goose gull hare hawk heron horse ibex "
                    + "jay koala lark lemur lion llama lynx mole moose moth mouse newt otter owl panda puma quail "
                    + "rabbit raven robin seal sheep shrew stork swan tiger toad trout");

    private ReadableId() {}

    /**
     * Names a member after the address it is reached at.
     *
     * @param address {@code host:port}
     * @param random where the words come from
     * @return {@code server:ADDR-mood-colour-animal}
     */
    static String forServer(String address, RandomGenerator random) {
        return "server:" + address + "-" + pick(MOODS, random) + "-" + pick(COLOURS, random) + "-"
                + pick(ANIMALS, random);
    }

    private static String pick(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
