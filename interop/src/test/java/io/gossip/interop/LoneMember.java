/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Java member in a process of its own, for a death without any last act. */
final class LoneMember {
    private LoneMember() {}

    /** Starts a process and returns once its member runs. */
    static Running start(String nodeId, Setting setting, Peer seedNode) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        LineProcess process = new LineProcess(
                nodeId,
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        LoneMember.class.getName(),
                        nodeId,
                        setting.name(),
                        seedNode.address().toString()));
        GossipAddress address = GossipAddress.parse(process.nextLine());
        return new Running(new NodeIdentity(nodeId, 1, address), process);
    }

    /** The process and who is in it. */
    record Running(NodeIdentity identity, LineProcess process) {}

    /** Runs until standard input ends: arguments are node id, setting and seed node. */
    public static void main(String[] arguments) throws IOException {
        PeerOptions options = new PeerOptions(arguments[0], Setting.valueOf(arguments[1]));
        options.seedNodes.add(arguments[2]);
        try (JavaPeer peer = JavaPeer.start(options)) {
            System.out.println(peer.address());
            int ignored = System.in.read();
        }
    }
}
