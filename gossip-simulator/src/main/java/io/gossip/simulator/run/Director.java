/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.WriteResult;
import io.gossip.simulator.run.EventCode.Kind;
import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Does to the world what the scenario says, when it says so. */
final class Director {
    private final World world;
    private final RandomGenerator random;

    Director(World world) {
        this.world = world;
        this.random = world.random(4, 0);
    }

    void planAll() {
        long startEvery = world.scenario.startEvery().toNanos();
        for (int number = 1; number < world.members.length; number++) {
            world.plan((number - 1) * startEvery, Kind.START, world.members[number], 0);
        }
        for (Scenario.Step step : world.scenario.steps()) {
            world.planTask(step.at().toNanos(), () -> perform(step.action()));
        }
    }

    /** The chain that knows every kind of action. */
    private void perform(Action action) {
        if (action instanceof Action.Write a) {
            each(a.who(), m -> write(m, a));
        } else if (action instanceof Action.Delete a) {
            each(a.who(), m -> world.with(m, access -> access.delete(a.key())));
        } else if (action instanceof Action.Writes a) {
            repeat(a.perSecond(), a.forHow(), () -> writeAnything(a.keys()));
        } else if (action instanceof Action.Network a) {
            world.network.change(a.change());
        } else if (action instanceof Action.Partition a) {
            world.network.partition(a);
        } else if (action instanceof Action.Link a) {
            world.network.link(a);
        } else if (action instanceof Action.Heal) {
            world.network.heal();
        } else if (action instanceof Action.Crash a) {
            each(a.who(), world::stop);
        } else if (action instanceof Action.Restart a) {
            for (int number : a.who().numbers()) {
                world.start(world.members[number], a.sameGeneration());
            }
        } else if (action instanceof Action.Leave a) {
            each(a.who(), world::leave);
        } else if (action instanceof Action.Pause a) {
            each(a.who(), m -> pause(m, a.forHow()));
        } else if (action instanceof Action.Churn a) {
            churn(a);
        } else if (action instanceof Action.Hostile a) {
            Attacker attacker = new Attacker(world, a.kind());
            repeat(a.perSecond(), a.forHow(), attacker::strike);
        } else {
            performOnClocks(action);
        }
    }

    private void performOnClocks(Action action) {
        if (action instanceof Action.Drift a) {
            every(a.who(), m -> m.clock.drift(a.factor(), world.nowNanos));
        } else if (action instanceof Action.Jump a) {
            every(a.who(), m -> m.clock.jump(a.by().toNanos(), world.nowNanos));
        } else if (action instanceof Action.WallJump a) {
            every(a.who(), m -> m.clock.wallJump(a.by().toMillis()));
        } else if (action instanceof Action.Slow a) {
            every(a.who(), m -> slow(m, a));
        } else if (action instanceof Action.Forget a) {
            each(a.who(), m -> world.with(m, Director::forgetDead));
        } else {
            throw new AssertionError("unhandled action: " + action);
        }
    }

    private void each(MemberSet who, Consumer<SimulatedMember> what) {
        every(who, member -> {
            if (member.isRunning()) {
                what.accept(member);
            }
        });
    }

    private void every(MemberSet who, Consumer<SimulatedMember> what) {
        for (int number : who.numbers()) {
            what.accept(world.members[number]);
        }
    }

    private void write(SimulatedMember member, Action.Write write) {
        String value = expand(write.value());
        WriteResult result = world.with(
                member,
                access -> write.limited() ? access.setWithTtl(write.key(), value) : access.set(write.key(), value));
        if (result != null && result.version() != 0) {
            world.measurements.track(member.nodeId + " " + write.key(), member, result.version(), world.nowNanos);
        }
    }

    /** {@code x*500} stands for 500 times x. */
    static String expand(String value) {
        int star = value.lastIndexOf('*');
        if (star > 0) {
            String count = value.substring(star + 1);
            if (count.length() <= 5 && !count.isEmpty() && count.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return value.substring(0, star).repeat(Integer.parseInt(count));
            }
        }
        return value;
    }

    private void writeAnything(int keys) {
        SimulatedMember member = anyRunning();
        if (member == null || member.paused) {
            return;
        }
        String key = "k" + random.nextInt(keys);
        String value = "v" + random.nextInt(1_000);
        int dice = random.nextInt(10);
        world.with(member, access -> switch (dice) {
            case 0, 1 -> access.delete(key);
            case 2 -> access.setWithTtl(key, value);
            case 3 -> access.touch(key);
            case 4 -> access.deleteAfterTtl(key);
            default -> access.set(key, value);
        });
    }

    private @Nullable SimulatedMember anyRunning() {
        for (int attempt = 0; attempt < 20; attempt++) {
            SimulatedMember member = world.members[1 + random.nextInt(world.members.length - 1)];
            if (member.isStaying()) {
                return member;
            }
        }
        return null;
    }

    private void pause(SimulatedMember member, Duration forHow) {
        member.paused = true;
        world.plan(world.nowNanos + forHow.toNanos(), Kind.RESUME, member, member.run);
    }

    private static void slow(SimulatedMember member, Action.Slow slow) {
        member.datagramsPerSecond = slow.perSecond();
        member.queueLimit = slow.perSecond() == 0 ? SimulatedMember.PAUSED_QUEUE : slow.queue();
        if (slow.perSecond() == 0) {
            member.inbox.clear();
        }
    }

    private static boolean forgetDead(ClusterAccess access) {
        access.deadNodes().forEach(access::remove);
        return true;
    }

    private void churn(Action.Churn churn) {
        BitSet spared = new BitSet();
        for (int number : churn.spared().numbers()) {
            spared.set(number);
        }
        BitSet down = new BitSet();
        long interval = world.scenario.engine().interval().toNanos();
        Runnable crash = () -> {
            SimulatedMember member = anyRunning();
            if (member != null && !spared.get(member.number) && !member.paused) {
                world.stop(member);
                down.set(member.number);
                int run = member.run;
                long later = world.nowNanos + interval + (long) (random.nextDouble() * 4 * interval);
                world.planTask(later, () -> comeBack(member, run, down));
            }
        };
        repeat(churn.perSecond(), churn.forHow(), crash);
        world.planTask(world.nowNanos + churn.forHow().toNanos(), () -> {
            for (int number : down.stream().toArray()) {
                comeBack(world.members[number], world.members[number].run, down);
            }
        });
    }

    private void comeBack(SimulatedMember member, int run, BitSet down) {
        if (down.get(member.number) && member.run == run && !member.isRunning()) {
            down.clear(member.number);
            world.start(member, false);
        }
    }

    /** Does something at a rate for a while. */
    private void repeat(double perSecond, Duration forHow, Runnable what) {
        long gap = Math.max(1, (long) (1e9 / perSecond));
        long end = world.nowNanos + forHow.toNanos();
        again(gap, end, what);
    }

    private void again(long gapNanos, long endNanos, Runnable what) {
        long at = world.nowNanos + gapNanos;
        if (at < endNanos) {
            world.planTask(at, () -> {
                what.run();
                again(gapNanos, endNanos, what);
            });
        }
    }
}
