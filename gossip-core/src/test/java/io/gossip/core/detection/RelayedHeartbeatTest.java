/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayedHeartbeatTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECONDS = 1_000 * MILLIS;
    private static final int USUAL_PER_SECOND = 10;

    private final RelayedHeartbeat relayed = new RelayedHeartbeat();

    @Test
    void theMembersOwnVoiceIsPassedOnAsItIs() {
        relayed.start(5);
        relayed.ownVoice(1_000_000, 0);
        assertThat(relayed.value()).isEqualTo(1_000_000);
    }

    @Test
    void anOldStatementOfTheMemberIsNotPassedOn() {
        relayed.start(5);
        relayed.ownVoice(9, 0);
        relayed.ownVoice(8, SECONDS);
        assertThat(relayed.value()).isEqualTo(9);
    }

    @Test
    void smallNewsByHearsayIsPassedOnAtOnce() {
        relayed.start(5);
        relayed.hearsay(6, USUAL_PER_SECOND, 0);
        assertThat(relayed.value()).isEqualTo(6);
        relayed.hearsay(16, USUAL_PER_SECOND, 100 * MILLIS);
        assertThat(relayed.value()).isEqualTo(16);
    }

    @Test
    void aLeapByHearsayIsPassedOnInSmallStepsThatGoOn() {
        relayed.start(5);
        relayed.hearsay(505, USUAL_PER_SECOND, 0);
        assertThat(relayed.value()).isEqualTo(21);
        relayed.hearsay(506, USUAL_PER_SECOND, 0);
        assertThat(relayed.value()).as("always a sign of life").isEqualTo(22);
        relayed.hearsay(507, USUAL_PER_SECOND, SECONDS);
        assertThat(relayed.value()).isEqualTo(22 + 2 * USUAL_PER_SECOND);
    }

    @Test
    void aStatementOfTheMemberBelowALieIsPassedOnAtOnce() {
        relayed.start(5);
        relayed.hearsay(505, USUAL_PER_SECOND, 0);
        relayed.ownVoice(30, MILLIS);
        assertThat(relayed.value()).isEqualTo(30);
    }

    @Test
    void newsByHearsayKeepsUpWithAMemberThatIsKnownToBeFast() {
        relayed.start(1);
        relayed.ownVoice(1_000, SECONDS);
        relayed.ownVoice(2_000, 2 * SECONDS);
        for (int i = 1; i <= 100; i++) {
            relayed.hearsay(2_000 + 1_000 * i, USUAL_PER_SECOND, (2 + i) * SECONDS);
            assertThat(relayed.value()).isEqualTo(2_000 + 1_000 * i);
        }
    }

    /** Late news, then fresh: what fell behind is told within a second, though the member goes on. */
    @Test
    void whatFellBehindCatchesUpWhileTheMemberBeatsOn() {
        int perSecond = 100;
        relayed.start(1);
        relayed.ownVoice(1_000, SECONDS);
        relayed.ownVoice(1_100, 2 * SECONDS);
        relayed.hearsay(1_200, USUAL_PER_SECOND, 2 * SECONDS);
        assertThat(relayed.value()).as("behind").isEqualTo(1_116);
        for (int i = 1; i <= 10; i++) {
            relayed.hearsay(1_200 + i * perSecond / 10, USUAL_PER_SECOND, 2 * SECONDS + i * (100 * MILLIS));
        }
        assertThat(relayed.value()).isEqualTo(1_300);
    }

    /** A lie that is kept alive with ever greater ones gets no further ahead than the member beats meanwhile. */
    @Test
    void aLieThatGoesOnGetsAheadByAsMuchAsTheMemberBeatsMeanwhile() {
        relayed.start(1);
        relayed.ownVoice(1_000, SECONDS);
        relayed.ownVoice(1_100, 2 * SECONDS);
        for (int i = 0; i <= 10; i++) {
            relayed.hearsay(5_000 + i, USUAL_PER_SECOND, 2 * SECONDS + i * (100 * MILLIS));
        }
        assertThat(relayed.value()).isEqualTo(1_100 + 16 + 200);
    }

    @Test
    void numbersAreUnsigned() {
        relayed.start(Long.MAX_VALUE);
        relayed.hearsay(Long.MIN_VALUE + 3, USUAL_PER_SECOND, 0);
        assertThat(relayed.value()).isEqualTo(Long.MIN_VALUE + 3);
        relayed.hearsay(-1, USUAL_PER_SECOND, SECONDS);
        assertThat(relayed.value()).isEqualTo(Long.MIN_VALUE + 3 + 12 + 2 * USUAL_PER_SECOND);
    }
}
