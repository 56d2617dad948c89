/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A node of the published crate, in a process of its own, without clock and network. */
final class VirtualRust implements VirtualMember {
    private static final HexFormat HEX = HexFormat.of();

    private final RustPeer peer;

    private VirtualRust(RustPeer peer) {
        this.peer = peer;
    }

    static VirtualRust start(Path program, PeerOptions options) {
        options.virtualTime = true;
        return new VirtualRust(RustPeer.start(program, options));
    }

    @Override
    public List<Letter> receive(Letter letter) {
        return sent(new JsonObject()
                .put("cmd", "receive")
                .put("from", letter.from().toString())
                .put("hex", HEX.formatHex(letter.datagram())));
    }

    @Override
    public List<Letter> advance(Duration step, int times) {
        return sent(new JsonObject()
                .put("cmd", "advance")
                .put("ms", step.toMillis())
                .put("times", times));
    }

    private List<Letter> sent(JsonObject command) {
        return RustAnswers.objects(peer.ask(command).getJsonArray("sent"))
                .map(sent -> new Letter(
                        address(), GossipAddress.parse(sent.getString("to")), HEX.parseHex(sent.getString("hex"))))
                .toList();
    }

    @Override
    public NodeIdentity identity() {
        return peer.identity();
    }

    @Override
    public View view() {
        return peer.view();
    }

    @Override
    public void set(String key, String value) {
        peer.set(key, value);
    }

    @Override
    public void setWithTtl(String key, String value) {
        peer.setWithTtl(key, value);
    }

    @Override
    public void delete(String key) {
        peer.delete(key);
    }

    @Override
    public void deleteAfterTtl(String key) {
        peer.deleteAfterTtl(key);
    }

    @Override
    public void close() {
        peer.close();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
