/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node of the published crate in a process of its own. */
final class RustPeer implements Peer {
    private static final int PORTS_TRIED = 5;

    private final NodeIdentity identity;
    private final GossipAddress listening;
    private final LineProcess process;

    private RustPeer(NodeIdentity identity, GossipAddress listening, LineProcess process) {
        this.identity = identity;
        this.listening = listening;
        this.process = process;
    }

    /** Starts one; a free port can be taken by somebody else before the process binds it, then another one is tried. */
    static RustPeer start(Path program, PeerOptions options) {
        for (int tries = 1; ; tries++) {
            GossipAddress address = GossipAddress.parse(
                    options.host + ":" + (options.port == 0 ? freePort(options.host) : options.port));
            LineProcess process = new LineProcess(options.nodeId, command(program, options, address));
            JsonObject hello = new JsonObject(process.nextLine());
            if (hello.getBoolean("ready", false)) {
                GossipAddress advertised = options.advertise == null ? address : options.advertise;
                return new RustPeer(new NodeIdentity(options.nodeId, options.generation, advertised), address, process);
            }
            process.close();
            if (options.port != 0 || tries == PORTS_TRIED) {
                throw new AssertionError(options.nodeId + " did not start: " + hello);
            }
        }
    }

    private static int freePort(String host) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0))) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new AssertionError("no free port at " + host, e);
        }
    }

    private static List<String> command(Path program, PeerOptions options, GossipAddress address) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of("--node-id", options.nodeId));
        command.addAll(List.of("--generation", Long.toUnsignedString(options.generation)));
        command.addAll(List.of("--listen", address.toString()));
        command.addAll(List.of("--cluster-id", options.clusterId));
        command.addAll(List.of("--protocol", "v" + options.protocol.code()));
        command.addAll(List.of("--interval-ms", millis(options.interval)));
        command.addAll(List.of("--initial-interval-ms", millis(options.initialInterval)));
        command.addAll(List.of("--deletion-grace-ms", millis(options.tombstoneGrace)));
        command.addAll(List.of("--dead-grace-ms", millis(options.deadNodeGrace)));
        command.addAll(List.of("--time", options.virtualTime ? "virtual" : "real"));
        command.addAll(List.of("--phi", Double.toString(options.phiThreshold)));
        if (options.advertise != null) {
            command.addAll(List.of("--advertise", options.advertise.toString()));
        }
        options.seedNodes.forEach(seedNode -> command.addAll(List.of("--seed", seedNode)));
        options.keyValues.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** {@return where it listens, which need not be where others are told to find it} */
    GossipAddress listening() {
        return listening;
    }

    @Override
    public NodeIdentity identity() {
        return identity;
    }

    @Override
    public View view() {
        return RustAnswers.view(ask("view"));
    }

    @Override
    public Fingerprint fingerprintOf(NodeIdentity member) {
        return RustAnswers.fingerprint(ask("summary"), member);
    }

    /** Whether the gossip task still runs: a panic ends it but not the process. */
    boolean isAlive() {
        return ask("alive").getBoolean("alive");
    }

    /** Opens a handshake now. */
    void gossip(GossipAddress target) {
        ask(new JsonObject().put("cmd", "gossip").put("to", target.toString()));
    }

    /** Listens to keys with a prefix from now on; see {@link #events()}. */
    void subscribe(String prefix) {
        ask(new JsonObject().put("cmd", "subscribe").put("prefix", prefix));
    }

    /** What the subscriptions heard since the last call, as {@code node id, key behind the prefix, value}. */
    List<List<String>> events() {
        JsonArray events = ask("events").getJsonArray("events");
        return RustAnswers.objects(events)
                .map(event -> List.of(
                        RustAnswers.identity(event.getJsonObject("node")).nodeId(),
                        event.getString("key"),
                        event.getString("value")))
                .toList();
    }

    @Override
    public void set(String key, String value) {
        change("set", key, value);
    }

    @Override
    public void setWithTtl(String key, String value) {
        change("set_with_ttl", key, value);
    }

    @Override
    public void delete(String key) {
        ask(new JsonObject().put("cmd", "delete").put("key", key));
    }

    @Override
    public void deleteAfterTtl(String key) {
        ask(new JsonObject().put("cmd", "delete_after_ttl").put("key", key));
    }

    @Override
    public void fill(String prefix, int count, int bytes) {
        ask(new JsonObject()
                .put("cmd", "fill")
                .put("prefix", prefix)
                .put("count", count)
                .put("bytes", bytes));
    }

    @Override
    public void pause() {
        process.signal("STOP");
    }

    @Override
    public void resume() {
        process.signal("CONT");
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return identity + " (Rust)";
    }

    private void change(String command, String key, String value) {
        ask(new JsonObject().put("cmd", command).put("key", key).put("value", value));
    }

    private JsonObject ask(String command) {
        return ask(new JsonObject().put("cmd", command));
    }

    /** Sends a command and returns the answer to it. */
    JsonObject ask(JsonObject command) {
        JsonObject answer = new JsonObject(process.ask(command.encode()));
        if (answer.containsKey("error") && !answer.containsKey("alive")) {
            throw new AssertionError(identity + " answers " + command + " with " + answer);
        }
        return answer;
    }
}
