/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.state.KeyMutation;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Chunks;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargeStateTest {
    private static final int CHUNK = ChunkedBytes.CHUNK;

    @Test
    void servesTenMegabytesWholeToASlowReaderWhileOthersAreServed() throws IOException {
        try (WebFixture web = new WebFixture()) {
            MemberSnapshot[] members = new MemberSnapshot[11];
            members[0] = member(SELF, MemberState.LIVE, 1);
            for (int i = 1; i < members.length; i++) {
                members[i] = member(identity("t" + (i + 10), i, "127.0.0.1:9"), MemberState.LIVE, 1, megabyte());
            }
            web.node.with(members);
            web.start();
            Buffer whole = web.get("/").body();
            assertThat(whole.length()).isGreaterThan(10_000_000);

            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
                slow.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
                for (int i = 0; i < 20; i++) {
                    assertThat(web.get("/members").statusCode()).isEqualTo(200);
                }
                String tag = web.get("/").getHeader("ETag");
                assertThat(web.get("/", Map.of("If-None-Match", tag)).statusCode())
                        .isEqualTo(304);

                Buffer received = Buffer.buffer(slow.getInputStream().readAllBytes());
                assertThat(received.length()).isGreaterThan(whole.length());
                int head = received.length() - whole.length();
                assertThat(received.getString(0, head))
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .endsWith("\r\n\r\n");
                assertThat(received.getBuffer(head, received.length())).isEqualTo(whole);
            }
        }
    }

    @Test
    void cutsBytesIntoChunksAndTakesOverLargeOnesByReference() {
        byte[] large = new byte[3 * CHUNK + 17];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        ChunkedBytes first = new ChunkedBytes();
        first.append(large);
        Chunks ready = first.finish();
        ChunkedBytes second = new ChunkedBytes();
        second.write('<');
        second.append(ready);
        second.write('>');
        Chunks all = second.finish();

        assertThat(ready.length()).isEqualTo(large.length);
        assertThat(ready.buffers()).allMatch(chunk -> chunk.length() <= CHUNK);
        assertThat(all.length()).isEqualTo(large.length + 2);
        assertThat(all.buffers().get(1)).isSameAs(ready.buffers().get(0));
        Buffer joined = Buffer.buffer();
        all.buffers().forEach(joined::appendBuffer);
        assertThat(joined).isEqualTo(Buffer.buffer("<").appendBytes(large).appendString(">"));
    }

    private static KeyMutation[] megabyte() {
        return IntStream.range(0, 100)
                .mapToObj(i -> entry("key" + (i + 100), "v".repeat(10_500), i + 1))
                .toArray(KeyMutation[]::new);
    }
}
