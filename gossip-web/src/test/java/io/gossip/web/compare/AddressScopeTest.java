/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressScopeTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:1, NONE",
        "0.1.2.3:1, NONE",
        "127.0.0.1:1, LOOPBACK",
        "127.255.1.2:1, LOOPBACK",
        "169.254.169.254:80, LINK",
        "10.1.2.3:1, PRIVATE",
        "172.15.0.1:1, GLOBAL",
        "172.16.0.1:1, PRIVATE",
        "172.31.255.255:1, PRIVATE",
        "172.32.0.1:1, GLOBAL",
        "192.168.0.1:1, PRIVATE",
        "192.0.0.192:1, PRIVATE",
        "100.64.0.1:1, PRIVATE",
        "100.100.100.200:1, PRIVATE",
        "100.128.0.1:1, GLOBAL",
        "198.18.0.1:1, PRIVATE",
        "8.8.8.8:1, GLOBAL",
        "224.0.0.1:1, NONE",
        "255.255.255.255:1, NONE",
        "[::]:1, NONE",
        "[::1]:1, LOOPBACK",
        "[::ffff:127.0.0.1]:1, LOOPBACK",
        "[::ffff:169.254.169.254]:1, LINK",
        "[::127.0.0.1]:1, LOOPBACK",
        "[64:ff9b::a00:1]:1, PRIVATE",
        "[64:ff9b::808:808]:1, GLOBAL",
        "[64:ff9b:1::1]:1, PRIVATE",
        "[2002:7f00:1::1]:1, LOOPBACK",
        "[2002:808:808::1]:1, GLOBAL",
        "[fe80::1]:1, LINK",
        "[fec0::1]:1, PRIVATE",
        "[fd00:ec2::254]:1, PRIVATE",
        "[2001:db8::1]:1, GLOBAL",
        "[4000::1]:1, NONE",
        "[ff02::1]:1, NONE"
    })
    void knowsHowFarAnAddressReaches(String address, AddressScope scope) {
        assertThat(AddressScope.of(GossipAddress.parse(address))).isEqualTo(scope);
    }
}
