/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemberProcessIT {
    private final List<Throwable> unhandled = new CopyOnWriteArrayList<>();
    private final MemberProcess process = new MemberProcess(Duration.ofMinutes(1));

    @Test
    void stoppingWhatIsBeingStartedWaitsForItAndStartsNothingMore() throws Exception {
        process.vertx().exceptionHandler(unhandled::add);

        Future<RunningMember> starting = process.start(settings());
        Future<Void> stopping = process.stop();
        Future<RunningMember> late = process.start(settings());

        assertThat(process.stop()).as("the same end").isSameAs(stopping);
        stopping.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS); // as the shutdown hook waits
        LocalNode.await("the start has ended", starting::isComplete);
        if (starting.failed()) { // as a rule; this thread may have stood still until it had started
            assertThat(starting.cause()).hasMessage("the process is stopping");
        }
        assertThat(late.cause()).hasMessage("the process is stopping");
        assertThat(unhandled).isEmpty();
    }

    private static MemberSettings settings() {
        GossipOptions gossip = new GossipOptions().setNode(new GossipNodeOptions().setListenAddress("127.0.0.1:0"));
        return new MemberSettings(gossip, MemberSettings.web(new HostPort("127.0.0.1", 0)), null);
    }
}
