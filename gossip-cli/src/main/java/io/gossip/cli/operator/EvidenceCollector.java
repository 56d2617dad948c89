/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import io.gossip.cli.doctor.Evidence;
import io.gossip.cli.doctor.Evidence.ListedMember;
import io.gossip.cli.doctor.Evidence.NodeReport;
import io.gossip.cli.doctor.Evidence.PeerReport;
import io.gossip.cli.doctor.Evidence.Reach;
import io.gossip.cli.doctor.TcpProbe;
import io.gossip.cli.doctor.UdpProbe;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.HttpAddress;
import io.gossip.transport.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Collects what the doctor judges: from the node, from a few peers, and from their ports. Peers are asked side by side. */
final class EvidenceCollector {
    private static final int LIVE_PEERS = 5;
    private static final int DEAD_PEERS = 3;
    private static final int SEED_NODES = 10;
    private static final int THREADS = 8;

    private final NodeClient client;
    private final boolean tokenForPeers;
    private final Duration patience;

    EvidenceCollector(NodeClient client, boolean tokenForPeers, Duration patience) {
        this.client = client;
        this.tokenForPeers = tokenForPeers;
        this.patience = patience;
    }

    Evidence collect() {
        NodeAnswers answers = new NodeAnswers(client);
        NodeReport node = answers.node();
        List<ListedMember> members = answers.members(Map.of("state", "all"));
        List<ListedMember> peers = peers(node.self(), members);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<PeerReport>> reports = peers.stream()
                    .map(peer -> CompletableFuture.supplyAsync(() -> ask(peer, node.self()), threads))
                    .toList();
            Map<GossipAddress, CompletableFuture<Reach>> reaches = reaches(node, members, peers, threads);
            return new Evidence(
                    node,
                    members,
                    reports.stream().map(CompletableFuture::join).toList(),
                    reaches.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().join())));
        } finally {
            threads.shutdown();
        }
    }

    private static List<ListedMember> peers(NodeIdentity self, List<ListedMember> members) {
        List<ListedMember> askable = members.stream()
                .filter(member ->
                        !member.identity().equals(self) && member.http().isPresent())
                .toList();
        List<ListedMember> chosen = new ArrayList<>(
                spread(askable.stream().filter(ListedMember::isLive).toList(), LIVE_PEERS));
        chosen.addAll(spread(
                askable.stream().filter(member -> member.state().equals("dead")).toList(), DEAD_PEERS));
        return chosen;
    }

    /** So many at equal distances: neighbours on a list are often neighbours in the network, too. */
    private static <T> List<T> spread(List<T> all, int most) {
        int count = Math.min(most, all.size());
        List<T> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / count)));
        }
        return chosen;
    }

    private PeerReport ask(ListedMember peer, NodeIdentity self) {
        try {
            NodeUrl url = NodeUrl.parse(peer.http().orElseThrow());
            NodeAnswers answers = new NodeAnswers(client.of(url, tokenForPeers));
            return new PeerReport(
                    peer,
                    Optional.empty(),
                    Optional.of(answers.node()),
                    answers.members(Map.of("node_id", self.nodeId())));
        } catch (OperatorException | IllegalArgumentException failure) {
            return new PeerReport(peer, Optional.of(String.valueOf(failure.getMessage())), Optional.empty(), List.of());
        }
    }

    private Map<GossipAddress, CompletableFuture<Reach>> reaches(
            NodeReport node, List<ListedMember> members, List<ListedMember> peers, ExecutorService threads) {
        Map<GossipAddress, HostPort> byHttp = new HashMap<>();
        members.forEach(member -> member.http()
                .flatMap(HttpAddress::parse)
                .ifPresent(http -> byHttp.put(member.identity().gossipAddress(), http.address())));
        UdpProbe udp = new UdpProbe(node.clusterId(), node.condition().answered(), patience);
        TcpProbe tcp = new TcpProbe(patience);
        Map<GossipAddress, CompletableFuture<Reach>> reaches = new HashMap<>();
        for (GossipAddress address : targets(node, peers)) {
            HostPort http = byHttp.getOrDefault(address, new HostPort(address.host(), address.port()));
            reaches.put(
                    address,
                    CompletableFuture.supplyAsync(
                            () -> new Reach(udp.ask(address), tcp.ask(http.host(), http.port())), threads));
        }
        return reaches;
    }

    private Set<GossipAddress> targets(NodeReport node, List<ListedMember> peers) {
        Set<GossipAddress> targets = new LinkedHashSet<>();
        GossipAddress own = node.self().gossipAddress();
        if (isHere() || !isLoopback(own.ip())) {
            targets.add(own);
        }
        node.seedNodes().stream().limit(SEED_NODES).forEach(targets::add);
        peers.forEach(peer -> targets.add(peer.identity().gossipAddress()));
        targets.removeIf(address -> address.isWildcard() || address.isGroup() || address.port() == 0);
        return targets;
    }

    /** Whether the node runs on this machine, so that its loopback is ours. */
    private boolean isHere() {
        try {
            return InetAddress.getByName(client.url().host()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static boolean isLoopback(byte[] ip) {
        try {
            return InetAddress.getByAddress(ip).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
