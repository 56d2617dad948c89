/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import java.util.random.RandomGenerator;

/** Names for nodes that were given none: {@code server:127.0.0.1:10000-calm-otter-sings}. */
final class NodeNames {
    // 64 of each, so that three draws make 2^18 endings for one address.
    private static final String[] QUALITIES =
            words("able amber ample bold brave brief bright brisk calm clear clever cool"
                    + " crisp deep eager early easy even fair fast fine firm fond free fresh gentle glad gold grand green happy hardy"
                    + " jolly keen kind large light lively loyal lucky merry mild neat nimble noble patient plain proud quick quiet"
                    + " rapid ready rich round sharp silver smart soft solid steady sunny tidy warm wise");
    private static final String[] ANIMALS =
            words("ant badger bat bear beaver bee bison boar buck camel carp cat cod crab"
                    + " crane crow deer dingo dog dove duck eagle eel elk falcon ferret finch fox frog gecko goat goose hare hawk"
                    + " heron horse ibex jay koala lark lemur lion lynx mole moose moth mouse newt orca otter owl panda perch pike"
                    + " puma raven robin seal shrew stork swan tapir tiger trout");
    private static final String[] DEEDS =
            words("acts asks bakes bats bends blinks bows builds calls chats chirps climbs"
                    + " counts dances dares digs dines dives draws drifts drives drums finds flies floats gives glides grins grows"
                    + " hops hums hunts jogs jumps knits laughs leads leaps learns listens looks marches meets naps nods paints"
                    + " plays races reads rests rides roams rows runs sails sings skates smiles spins swims talks waits walks"
                    + " winks");

    private NodeNames() {}

    static String generate(GossipAddress advertised, RandomGenerator random) {
        return "server:" + advertised + "-" + pick(QUALITIES, random) + "-" + pick(ANIMALS, random) + "-"
                + pick(DEEDS, random);
    }

    private static String pick(String[] words, RandomGenerator random) {
        return words[random.nextInt(words.length)];
    }

    private static String[] words(String text) {
        return text.split(" ", -1);
    }
}
