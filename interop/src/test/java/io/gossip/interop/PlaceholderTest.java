/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
    @Test
    void runsOnlyInTheInteropProfile() {
        assertThat(PlaceholderTest.class.getPackageName()).isEqualTo("io.gossip.interop");
    }
}
