/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that stop and come back, over real sockets. */
@Timeout(600)
class RestartIT {
    private static final List<String> FIVE = Members.names(5);

    /** Long enough for a restart, short enough to wait for. */
    private static final long DEAD_NODE_GRACE_MILLIS = 3_000;

    @TempDir
    Path directory;

    private Members members = new Members(Path.of(""));

    @BeforeEach
    void open() {
        members = new Members(directory);
    }

    @AfterEach
    void close() {
        members.close();
    }

    @Test
    void quickRestartsWithTheSameIdAndPortLeaveOneEntry() {
        startFirst(FIVE.subList(0, 3));
        GossipNode before = members.node("node-1");
        for (int i = 1; i <= 10; i++) {
            members.set("node-1", "restart-" + i, "done");
            members.set("node-1", "count", "" + i);
            if (i % 2 == 0) {
                members.close("node-1");
            } else {
                members.kill("node-1");
            }
            GossipNode after = members.start(options("node-1"));
            assertThat(after.self().generation()).isGreaterThan(before.self().generation());
            assertThat(after.listenAddress()).isEqualTo(before.listenAddress());
            before = after;
        }

        members.untilAllSeeAll();
        for (int i = 1; i <= 10; i++) {
            members.untilAllRead("node-1", "restart-" + i, Optional.of("done"));
        }
        members.untilAllRead("node-1", "count", Optional.of("10"));
        members.untilAtRest();
    }

    @Test
    void aRollingRestartLosesNothing() {
        startFirst(FIVE);
        for (String name : FIVE) {
            members.set(name, "owner", name);
            members.set(name, "deleted", "x");
            Waiting.get(members.node(name).withState(state -> state.delete("deleted")));
        }
        for (String name : FIVE) {
            members.close(name);
            members.start(options(name));
            members.untilAllSeeAll();
        }
        for (String name : FIVE) {
            members.untilAllRead(name, "owner", Optional.of(name));
            members.untilAllRead(name, "deleted", Optional.empty());
        }
        members.untilAtRest();
    }

    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {false, true})
    void aClusterThatWasStoppedWholeFormsAnewWithoutSeedNodes(boolean killed) {
        long clockAhead = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
        for (String name : FIVE) {
            start(options(name).setGeneration(clockAhead));
            members.set(name, "owner", name);
        }
        members.untilAllSeeAll();
        stopAll(killed);

        FIVE.forEach(name -> members.start(options(name))); // the clock has been set back by a day

        members.untilAllSeeAll();
        for (String name : FIVE) {
            assertThat(members.node(name).self().generation()).isEqualTo(clockAhead + 1);
            members.untilAllRead(name, "owner", Optional.of(name));
            assertThat(Waiting.get(members.node(name).snapshot()).seedAddresses())
                    .isEmpty();
        }
        members.untilAtRest();
    }

    private void stopAll(boolean killed) {
        if (killed) {
            FIVE.forEach(members::kill);
        } else {
            members.closeAll();
        }
    }

    private void startFirst(List<String> names) {
        names.forEach(name -> start(options(name)));
        members.untilAllSeeAll();
    }

    /** The first member is the seed node of the others, at their first start only. */
    private void start(GossipNodeOptions options) {
        if (!FIVE.get(0).equals(options.getNodeId())) {
            options.addSeedNode(members.node(FIVE.get(0)).listenAddress().toString());
        }
        members.start(options);
    }

    private GossipNodeOptions options(String name) {
        return members.options(name).setDeadNodeGraceMillis(DEAD_NODE_GRACE_MILLIS);
    }
}
