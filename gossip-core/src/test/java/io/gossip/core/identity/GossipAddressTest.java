/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GossipAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:10000, 127.0.0.1:10000",
        "[::1]:7280, [::1]:7280",
        "[0:0:0:0:0:0:0:0]:1, [::]:1",
        "[2001:DB8:0:0:1:0:0:1]:1, [2001:db8::1:0:0:1]:1",
        "[2001:db8:0:1:1:1:1:1]:1, [2001:db8:0:1:1:1:1:1]:1",
        "[1:0:0:2:0:0:0:3]:65535, [1:0:0:2::3]:65535",
        "[1::]:0, [1::]:0",
        "[::ffff:1.2.3.4]:9, [::ffff:1.2.3.4]:9",
        "[64:ff9b::1.2.3.4]:9, [64:ff9b::102:304]:9"
    })
    void printsAddressesInTheirShortestForm(String given, String printed) {
        assertThat(GossipAddress.parse(given)).hasToString(printed);
    }

    @Test
    void readsBackWhatItPrints() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(ip);
            for (int zeros = random.nextInt(12); zeros > 0; zeros--) {
                ip[random.nextInt(ip.length)] = 0;
            }
            GossipAddress address = GossipAddress.of(ip, random.nextInt(0x10000));
            assertThat(GossipAddress.parse(address.toString()))
                    .isEqualTo(address)
                    .hasSameHashCodeAs(address);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:+1",
                "127.0.0:1",
                "256.0.0.1:1",
                "1.2.3.4.5:1",
                "localhost:1",
                "::1:1",
                "[::1]",
                "[::1:1",
                "[1::2::3]:1",
                "[1:2:3:4:5:6:7]:1",
                "[1:2:3:4:5:6:7:8:9]:1",
                "[12345::]:1",
                "[::g]:1",
                "[1.2.3.4::]:1",
                "[:::]:1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> GossipAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortsAsTheReferenceDoes() {
        List<GossipAddress> inOrder = new ArrayList<>();
        for (String text : List.of(
                "127.0.0.2:9",
                "127.0.0.10:1",
                "127.0.0.10:2",
                "200.0.0.1:1",
                "[::1]:1",
                "[2001:db8::2]:1",
                "[2001:db8::10]:1")) {
            inOrder.add(GossipAddress.parse(text));
        }
        List<GossipAddress> sorted = new ArrayList<>(inOrder);
        Collections.shuffle(sorted, new Random(1));
        Collections.sort(sorted);
        assertThat(sorted).isEqualTo(inOrder);
    }

    @Test
    void keepsAMappedAddressApartFromTheOneItMaps() {
        assertThat(GossipAddress.parse("[::ffff:1.2.3.4]:5")).isNotEqualTo(GossipAddress.parse("1.2.3.4:5"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:1, true, false",
        "[::]:1, true, false",
        "224.0.0.1:1, false, true",
        "255.255.255.255:1, false, true",
        "[ff02::1]:1, false, true",
        "223.255.255.255:1, false, false",
        "[fe80::1]:1, false, false"
    })
    void knowsAddressesThatStandForNoSingleMember(String text, boolean wildcard, boolean group) {
        assertThat(GossipAddress.parse(text).isWildcard()).isEqualTo(wildcard);
        assertThat(GossipAddress.parse(text).isGroup()).isEqualTo(group);
    }
}
