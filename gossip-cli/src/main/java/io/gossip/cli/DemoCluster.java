/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The five members of the demonstration, started one after another so that one can watch them find each other. */
final class DemoCluster {
    private static final String HOST = "127.0.0.1";
    private static final int FIRST_HTTP_PORT = 10_001;
    private static final int FIRST_GOSSIP_PORT = 11_001;
    private static final long MILLIS_BETWEEN_STARTS = 500;
    private static final List<ServiceOffer> SERVICES = List.of(
            new ServiceOffer("searcher", 1, null),
            new ServiceOffer("api_gateway", 0, null),
            new ServiceOffer("data_processor", 2, null),
            new ServiceOffer("storage", 3, null),
            new ServiceOffer("analytics", 4, null));

    private final MemberProcess process;
    private final int firstHttpPort;
    private final int firstGossipPort;
    private final long millisBetweenStarts;
    private final List<RunningMember> members = new ArrayList<>();

    DemoCluster(MemberProcess process) {
        this(process, FIRST_HTTP_PORT, FIRST_GOSSIP_PORT, MILLIS_BETWEEN_STARTS);
    }

    /** For tests, which may not have the usual ports. */
    DemoCluster(MemberProcess process, int firstHttpPort, int firstGossipPort, long millisBetweenStarts) {
        this.process = process;
        this.firstHttpPort = firstHttpPort;
        this.firstGossipPort = firstGossipPort;
        this.millisBetweenStarts = millisBetweenStarts;
    }

    /** {@return the lines to print when all five run; fails when one of them cannot start} */
    Future<List<String>> start() {
        Future<RunningMember> started = start(0);
        for (int i = 1; i < SERVICES.size(); i++) {
            int index = i;
            started =
                    started.compose(before -> process.pause(millisBetweenStarts).compose(paused -> start(index)));
        }
        return started.map(last -> lines());
    }

    private Future<RunningMember> start(int index) {
        return process.start(settings(index))
                .onSuccess(members::add)
                .recover(failure -> Future.failedFuture(isOfSocket(failure) ? portTaken(index, failure) : failure));
    }

    /** What the layers below say names options, and a demonstration takes none. */
    private RunException portTaken(int index, Throwable failure) {
        return new RunException(
                "cannot listen at " + address(firstGossipPort + index) + " (UDP) or " + address(firstHttpPort + index)
                        + " (TCP): one of them is in use; the demonstration needs ports " + firstHttpPort + " to "
                        + (firstHttpPort + SERVICES.size() - 1) + " and " + firstGossipPort + " to "
                        + (firstGossipPort + SERVICES.size() - 1) + ", stop what uses them",
                failure);
    }

    private static boolean isOfSocket(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private MemberSettings settings(int index) {
        GossipNodeOptions node = new GossipNodeOptions().setListenAddress(address(firstGossipPort + index));
        if (index > 0) {
            node.addSeedNode(address(firstGossipPort));
        }
        GossipOptions gossip = new GossipOptions()
                .setAddressPrefix("demo" + (index + 1))
                .setNode(node)
                .setService(SERVICES.get(index));
        return new MemberSettings(gossip, MemberSettings.web(new HostPort(HOST, firstHttpPort + index)), null);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("Five members are running:"));
        members.forEach(member -> lines.add("  " + member.url("/members")));
        RunningMember first = members.get(0);
        lines.add("Watch them at:");
        lines.add("  " + first.url("/dashboard"));
        lines.add("Let the first offer another service:");
        lines.add("  curl '" + first.url("/update_service?service_type=searcher&shard=7&host=127.0.0.1:8080") + "'");
        lines.add("Stop with Ctrl-C.");
        return lines;
    }

    private static String address(int port) {
        return new HostPort(HOST, port).toString();
    }
}
