/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Carries out a {@link Script} with members of either kind; time and network are this class. */
final class ScriptedCluster {
    /** Of which kind the members are. */
    enum Make {
        ALL_RUST,
        ALL_JAVA,
        MIXED;

        boolean isRust(int member, int generation) {
            return switch (this) {
                case ALL_RUST -> true;
                case ALL_JAVA -> false;
                case MIXED -> (member + generation) % 2 == 0; // whoever starts again changes its kind
            };
        }
    }

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int FIRST_PORT = 7_000;
    private static final int MOST_ROUNDS_TO_AGREE = 300;
    private static final int MOST_DATAGRAMS_PER_ROUND = 10_000;
    private static final double LOSS = 0.1;

    private final Make make;
    private final Cluster cluster;
    private final Random random;
    private final VirtualMember[] members = new VirtualMember[Script.MEMBERS]; // null while dead
    private final int[] generations = new int[Script.MEMBERS];
    private final Deque<Letter> post = new ArrayDeque<>();
    private final List<Map<String, View.Known>> pictures = new ArrayList<>();
    private Set<Integer> side = Set.of();

    ScriptedCluster(Make make, long randomSeed, Cluster cluster) {
        this.make = make;
        this.random = new Random(randomSeed);
        this.cluster = cluster;
        for (int i = 0; i < members.length; i++) {
            start(i);
        }
    }

    private void start(int member) {
        generations[member]++;
        PeerOptions options = new PeerOptions("m" + member, Setting.V0_IPV4)
                .port(FIRST_PORT + member)
                .generation(generations[member])
                .protocol(member % 2 == 0 ? ProtocolVersion.V0 : ProtocolVersion.V1)
                .interval(INTERVAL)
                .tombstoneGrace(INTERVAL.multipliedBy(Script.GRACE_ROUNDS))
                .keyValue("name", "m" + member)
                .seedNode(address(0))
                .seedNode(address(1));
        members[member] = make.isRust(member, generations[member])
                ? cluster.virtualRust(options)
                : VirtualJava.start(options, new Random(random.nextLong()));
        post.addAll(members[member].advance(Duration.ZERO, 1));
    }

    private static GossipAddress address(int member) {
        return GossipAddress.parse("127.0.0.1:" + (FIRST_PORT + member));
    }

    /**
     * Does it all; returns what was seen at the checkpoints: what each knew of each, by their names, without heartbeats
     * and without what is retired.
     */
    List<Map<String, View.Known>> perform(List<Script.Act> script) {
        for (int i = 0; i < script.size(); i++) {
            try {
                perform(script.get(i));
            } catch (AssertionError failure) {
                throw new AssertionError(make + ", act " + i + ": " + failure.getMessage(), failure);
            }
        }
        return pictures;
    }

    private void perform(Script.Act act) {
        if (act instanceof Script.Write write) {
            perform(write, members[write.member()]);
        } else if (act instanceof Script.Rounds rounds) {
            for (int i = 0; i < rounds.count(); i++) {
                round(rounds.lossy() ? LOSS : 0);
            }
        } else if (act instanceof Script.Cut cut) {
            side = cut.side();
        } else if (act instanceof Script.Heal) {
            side = Set.of();
        } else if (act instanceof Script.Kill kill) {
            members[kill.member()].close();
            members[kill.member()] = null;
        } else if (act instanceof Script.Restart restart) {
            start(restart.member());
        } else if (act instanceof Script.Checkpoint) {
            checkpoint();
        } else {
            throw new AssertionError("unhandled act: " + act);
        }
    }

    private static void perform(Script.Write write, Member member) {
        switch (write.kind()) {
            case SET -> member.set(write.key(), write.value());
            case SET_WITH_TTL -> member.setWithTtl(write.key(), write.value());
            case DELETE -> member.delete(write.key());
            case DELETE_AFTER_TTL -> member.deleteAfterTtl(write.key());
        }
    }

    private void round(double loss) {
        for (VirtualMember member : running()) {
            post.addAll(member.advance(INTERVAL, 1));
        }
        for (int delivered = 0; !post.isEmpty(); delivered++) {
            assertThat(delivered).as("datagrams in a round").isLessThan(MOST_DATAGRAMS_PER_ROUND);
            Letter letter = post.remove();
            int from = letter.from().port() - FIRST_PORT;
            int to = letter.to().port() - FIRST_PORT;
            boolean arrives = side.contains(from) == side.contains(to) && members[to] != null;
            if (arrives && random.nextDouble() >= loss) {
                post.addAll(members[to].receive(letter));
            }
        }
    }

    private List<VirtualMember> running() {
        List<VirtualMember> running = new ArrayList<>();
        for (VirtualMember member : members) {
            if (member != null) {
                running.add(member);
            }
        }
        return running;
    }

    private void checkpoint() {
        for (int i = 0; i < 3 * Script.GRACE_ROUNDS; i++) {
            round(0);
        }
        for (int i = 0; ; i++) {
            try {
                pictures.add(agreedPicture());
                return;
            } catch (AssertionError disagreement) {
                if (i == MOST_ROUNDS_TO_AGREE) {
                    throw disagreement;
                }
                round(0);
            }
        }
    }

    private Map<String, View.Known> agreedPicture() {
        Map<NodeIdentity, View> views = new HashMap<>();
        running().forEach(member -> views.put(member.identity(), member.view()));
        Map<String, View.Known> states = new TreeMap<>();
        views.forEach((reader, view) -> {
            assertThat(view.live()).as("live to %s", reader).isEqualTo(views.keySet());
            view.members().forEach((member, known) -> {
                if (isLatest(member)) {
                    View.Known owner =
                            views.containsKey(member) ? views.get(member).of(member) : known;
                    assertThat(known.withoutHeartbeat())
                            .as("%s to %s", member, reader)
                            .isEqualTo(owner.withoutHeartbeat());
                }
                states.put(
                        member + " to " + reader,
                        isLatest(member) ? known.withoutHeartbeat() : new View.Known(0, 0, 0, Map.of()));
            });
        });
        return states;
    }

    // What is retired is not passed on by ours (ADR 10), so newcomers know of it or not.
    private boolean isLatest(NodeIdentity member) {
        return member.generation() == generations[member.gossipAddress().port() - FIRST_PORT];
    }
}
