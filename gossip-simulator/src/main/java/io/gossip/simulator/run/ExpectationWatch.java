/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.VersionedValue;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.MemberSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks again and again whether what a scenario expects has come true, and says so when it has not in time. */
final class ExpectationWatch {
    private final World world;
    private final long pauseNanos;
    private int open;
    private OptionalDouble convergedSeconds = OptionalDouble.empty();

    ExpectationWatch(World world) {
        this.world = world;
        this.pauseNanos = Math.max(1_000_000, world.scenario.engine().interval().toNanos() / 2);
    }

    /** {@return whether something may still be seen, or missed} */
    boolean isOpen() {
        return open > 0;
    }

    OptionalDouble convergedSeconds() {
        return convergedSeconds;
    }

    private interface Look {
        @Nullable
        String missing();
    }

    void planAll() {
        for (Expectation expectation : world.scenario.expectations()) {
            if (expectation instanceof Expectation.Converged converged) {
                long quiet = world.scenario.quietFrom().toNanos();
                Convergence convergence = new Convergence(world);
                Look look = () -> {
                    String missing = convergence.missing();
                    if (missing == null && convergedSeconds.isEmpty()) {
                        convergedSeconds = OptionalDouble.of((world.nowNanos - quiet) / 1e9);
                    }
                    return missing;
                };
                first(quiet, quiet + converged.within().toNanos(), LawBook.AGREEMENT, "", look);
            } else if (expectation instanceof Expectation.Sees sees) {
                long at = sees.at().toNanos();
                String what = "members " + sees.who() + " see " + sees.seen() + (sees.live() ? " live" : " dead");
                first(at, at + sees.within().toNanos(), LawBook.EXPECTATION, what + ": ", () -> missing(sees));
            } else if (expectation instanceof Expectation.Reads reads) {
                long at = reads.at().toNanos();
                String what = "members " + reads.who() + " read " + reads.key() + " of " + reads.owner();
                first(at, at + reads.within().toNanos(), LawBook.EXPECTATION, what + ": ", () -> missing(reads));
            }
        }
    }

    private void first(long atNanos, long deadlineNanos, String law, String what, Look look) {
        open++;
        plan(atNanos, deadlineNanos, law, what, look);
    }

    private void plan(long atNanos, long deadlineNanos, String law, String what, Look look) {
        world.planTask(atNanos, () -> {
            String missing = look.missing();
            if (missing == null) {
                open--;
                return;
            }
            if (world.nowNanos >= deadlineNanos) {
                open--;
                world.laws.broken(law, what + missing);
            } else {
                plan(Math.min(deadlineNanos, world.nowNanos + pauseNanos), deadlineNanos, law, what, look);
            }
        });
    }

    private @Nullable String missing(Expectation.Sees sees) {
        for (int number : sees.who().numbers()) {
            SimulatedMember member = world.members[number];
            if (member.isStaying() && !member.paused) {
                List<NodeIdentity> live = Objects.requireNonNull(world.with(member, ClusterAccess::liveNodes));
                String missing = missing(member, new HashSet<>(live), sees.seen(), sees.live());
                if (missing != null) {
                    return missing;
                }
            }
        }
        return null;
    }

    private @Nullable String missing(SimulatedMember member, Set<NodeIdentity> live, MemberSet seen, boolean asLive) {
        for (int number : seen.numbers()) {
            NodeIdentity identity = world.members[number].identity;
            if (number != member.number && (identity != null && live.contains(identity)) != asLive) {
                return member.identity() + " sees " + identity + (asLive ? " not live" : " live");
            }
        }
        return null;
    }

    private @Nullable String missing(Expectation.Reads reads) {
        NodeIdentity owner = world.members[reads.owner()].identity;
        for (int number : reads.who().numbers()) {
            SimulatedMember member = world.members[number];
            if (member.isStaying() && !member.paused && owner != null) {
                Optional<VersionedValue> value = Objects.requireNonNull(
                        world.<Optional<VersionedValue>>with(member, a -> a.getVersioned(owner, reads.key())));
                String seen = value.filter(v -> !v.isDeleted())
                        .map(VersionedValue::value)
                        .orElse(null);
                String wanted = reads.value() == null ? null : Director.expand(reads.value());
                if (!Objects.equals(seen, wanted)) {
                    return member.identity() + " reads " + seen;
                }
            }
        }
        return null;
    }
}
