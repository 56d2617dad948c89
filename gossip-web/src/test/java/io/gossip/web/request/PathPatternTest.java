/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathPatternTest {
    private final PathPattern keys = new PathPattern("/members/{id}/keys");
    private final PathPattern key = new PathPattern("/members/{id}/keys/{key*}");

    @Test
    void takesEachSegmentAsItWasSent() {
        assertThat(keys.match("/members/a/keys")).isEqualTo(Optional.of(Map.of("id", "a")));
        assertThat(keys.match("/members/../keys")).isEqualTo(Optional.of(Map.of("id", "..")));
        assertThat(keys.match("/members/%2e%2F%2b+/keys")).isEqualTo(Optional.of(Map.of("id", "./++")));
        assertThat(keys.match("/members//keys")).isEqualTo(Optional.of(Map.of("id", "")));
        assertThat(keys.match("/members/a/keys/")).isEmpty();
        assertThat(keys.match("/members/a/b/keys")).isEmpty();
        assertThat(keys.match("/members/a")).isEmpty();
        assertThat(keys.match("*")).isEmpty();
    }

    @Test
    void takesTheRestWithItsSlashes() {
        assertThat(key.match("/members/a/keys/b/c//")).isEqualTo(Optional.of(Map.of("id", "a", "key", "b/c//")));
        assertThat(key.match("/members/a/keys/")).isEqualTo(Optional.of(Map.of("id", "a", "key", "")));
        assertThat(key.match("/members/a/keys")).isEmpty();
    }

    @Test
    void refusesMalformedEscapesOnlyWhereItIsMeant() {
        assertThatThrownBy(() -> keys.match("/members/%f/keys")).isInstanceOf(ProblemException.class);
        assertThat(keys.match("/others/%f/keys")).isEmpty();
    }
}
