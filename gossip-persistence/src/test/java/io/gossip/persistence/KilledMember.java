/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.Map;

/**
 * A member in a process of its own that writes until it is killed, with {@value #UNDER_WAY} writes under way all the
 * time, and prints the number of each write that was acknowledged. Arguments: data directory, number of the first write.
 */
final class KilledMember {
    static final int UNDER_WAY = 8;

    private static final int KEYS = 30;

    private final GossipNode node;
    private long next;

    private KilledMember(GossipNode node, long first) {
        this.node = node;
        this.next = first;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        GossipNodeOptions options = new GossipNodeOptions().setNodeId("killed").setListenAddress("127.0.0.1:0");
        GossipNode.start(
                        vertx,
                        options,
                        self -> Map.of("configured", "once"),
                        new UdpTransport(),
                        new FileMemberStore(Path.of(args[0])))
                .onSuccess(node -> {
                    System.out.println("generation " + node.self().generation());
                    new KilledMember(node, Long.parseLong(args[1])).write();
                })
                .onFailure(failure -> System.out.println("failed " + failure));
    }

    static String key(long number) {
        return "k" + number % KEYS;
    }

    static boolean isDelete(long number) {
        return number % 7 == 0;
    }

    private void write() {
        for (int i = 0; i < UNDER_WAY; i++) {
            writeNext();
        }
    }

    // All on the event loop of the node, where its futures complete.
    private void writeNext() {
        long number = next++;
        node.withState(state ->
                        isDelete(number) ? state.delete(key(number)) : state.set(key(number), Long.toString(number)))
                .onSuccess(written -> {
                    System.out.println("stored " + number);
                    writeNext();
                })
                .onFailure(failure -> System.out.println("failed " + failure));
    }
}
