/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Who must not call whom dead. */
final class Spared {
    private record Ban(BitSet who, BitSet whom) {}

    private final List<Ban> bans = new ArrayList<>();

    Spared(Scenario scenario) {
        for (Expectation expectation : scenario.expectations()) {
            if (expectation instanceof Expectation.Spares spares) {
                bans.add(new Ban(bits(spares.who()), bits(spares.whom())));
            }
        }
    }

    private static BitSet bits(MemberSet set) {
        BitSet bits = new BitSet();
        for (int number : set.numbers()) {
            bits.set(number);
        }
        return bits;
    }

    boolean forbids(int observer, int accused) {
        for (Ban ban : bans) {
            if (ban.who().get(observer) && ban.whom().get(accused)) {
                return true;
            }
        }
        return false;
    }
}
