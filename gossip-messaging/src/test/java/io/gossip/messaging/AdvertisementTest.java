/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.HostPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members may write what they like under the key. */
class AdvertisementTest {
    @Test
    void readsWhatItWrites() {
        MessagingOptions options = new MessagingOptions()
                .setListenAddress("[::1]:0")
                .setProxies(List.of("10.0.0.1:1", "proxy.example:2"))
                .setMaxPayloadBytes(10);
        Advertisement advertisement = Advertisement.of(options, 7_000, 1L << 52, false);

        assertThat(Advertisement.parse(advertisement.toText())).contains(advertisement);
        assertThat(advertisement.address()).isEqualTo(new HostPort("::1", 7_000));
        Advertisement proxy = Advertisement.of(new MessagingOptions(), 7_000, 0, true);
        assertThat(Advertisement.parse(proxy.toText())).contains(proxy);
    }

    @Test
    void whatIsMissingOrNullOrUnknownDoesNotMatter() {
        Advertisement plain = new Advertisement(new HostPort("10.0.0.1", 1), 0, false, List.of(), Peer.NOT_SAID);

        assertThat(Advertisement.parse("{\"address\":\"10.0.0.1:1\"}")).contains(plain);
        assertThat(Advertisement.parse("{\"address\":\"10.0.0.1:1\",\"run\":null,\"proxy\":null,\"proxies\":null,"
                        + "\"maxPayload\":null,\"color\":[{\"deep\":1e400}]}"))
                .contains(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "17",
                "\"10.0.0.1:1\"",
                "[]",
                "{",
                "{}",
                "{\"address\":null}",
                "{\"address\":17}",
                "{\"address\":\"\"}",
                "{\"address\":\":1\"}",
                "{\"address\":\"10.0.0.1\"}",
                "{\"address\":\"10.0.0.1:70000\"}",
                "{\"address\":\"300.0.0.1:1\"}",
                "{\"address\":\"10.0.0.1:0\"}",
                "{\"address\":\"0.0.0.0:1\"}",
                "{\"address\":\"[::]:1\"}",
                "{\"address\":\"a b:1\"}",
                "{\"address\":[\"10.0.0.1:1\"]}",
                "{\"address\":\"10.0.0.1:1\",\"run\":\"1\"}",
                "{\"address\":\"10.0.0.1:1\",\"proxy\":1}",
                "{\"address\":\"10.0.0.1:1\",\"proxies\":\"10.0.0.1:2\"}",
                "{\"address\":\"10.0.0.1:1\",\"proxies\":[null]}",
                "{\"address\":\"10.0.0.1:1\",\"proxies\":[{}]}",
                "{\"address\":\"10.0.0.1:1\",\"proxies\":[\"nonsense\"]}",
                "{\"address\":\"10.0.0.1:1\",\"maxPayload\":\"large\"}",
                "{\"address\":\"10.0.0.1:1\"} trailing"
            })
    void whatIsNoAdvertisementIsNone(String text) {
        assertThat(Advertisement.parse(text)).isEmpty();
    }

    @Test
    void numbersOutOfRangeAreCutToIt() {
        assertThat(maxPayload("1e99")).isEqualTo(Peer.NOT_SAID);
        assertThat(maxPayload("4294967297")).isEqualTo(Peer.NOT_SAID);
        assertThat(maxPayload("-1")).isZero();
    }

    private static int maxPayload(String number) {
        return Advertisement.parse("{\"address\":\"10.0.0.1:1\",\"maxPayload\":" + number + "}")
                .orElseThrow()
                .maxPayloadBytes();
    }

    @Test
    void nobodyMakesOthersConnectAllOverThePlace() {
        JsonArray many = new JsonArray();
        IntStream.range(0, 1_000).forEach(i -> many.add("10.0.0.1:" + (1 + i / 2)));
        String text = new JsonObject()
                .put("address", "10.0.0.1:1")
                .put("proxies", many)
                .encode();

        assertThat(Advertisement.parse(text).orElseThrow().proxies())
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void nothingThrowsPastTheReader() {
        long randomSeed = new Random().nextLong();
        System.out.println("AdvertisementTest: random seed " + randomSeed);
        Random random = new Random(randomSeed);
        String good = "{\"address\":\"10.0.0.1:1\",\"run\":12,\"proxy\":true,\"proxies\":[\"a.b:2\",\"[::1]:3\"],"
                + "\"maxPayload\":100}";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(3), String.valueOf((char) (32 + random.nextInt(96))));
            }
            assertThat(Advertisement.parse(text.toString())).as("%s", text).isNotNull();
        }
        assertThat(Advertisement.parse("[".repeat(100_000))).isEmpty();
    }
}
