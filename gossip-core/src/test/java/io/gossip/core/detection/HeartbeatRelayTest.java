/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatRelayTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECONDS = 1_000 * MILLIS;
    private static final int USUAL_PER_SECOND = 10;

    private final HeartbeatRelay relayed = OneMember.relay();

    @Test
    void theMembersOwnVoiceIsPassedOnAsItIs() {
        relayed.start(MEMBER, 5);
        relayed.ownVoice(MEMBER, 1_000_000, 0);
        assertThat(relayed.value(MEMBER)).isEqualTo(1_000_000);
    }

    @Test
    void anOldStatementOfTheMemberIsNotPassedOn() {
        relayed.start(MEMBER, 5);
        relayed.ownVoice(MEMBER, 9, 0);
        relayed.ownVoice(MEMBER, 8, SECONDS);
        assertThat(relayed.value(MEMBER)).isEqualTo(9);
    }

    @Test
    void smallNewsByHearsayIsPassedOnAtOnce() {
        relayed.start(MEMBER, 5);
        relayed.hearsay(MEMBER, 6, USUAL_PER_SECOND, 0);
        assertThat(relayed.value(MEMBER)).isEqualTo(6);
        relayed.hearsay(MEMBER, 16, USUAL_PER_SECOND, 100 * MILLIS);
        assertThat(relayed.value(MEMBER)).isEqualTo(16);
    }

    @Test
    void aLeapByHearsayIsPassedOnInSmallStepsThatGoOn() {
        relayed.start(MEMBER, 5);
        relayed.hearsay(MEMBER, 505, USUAL_PER_SECOND, 0);
        assertThat(relayed.value(MEMBER)).isEqualTo(21);
        relayed.hearsay(MEMBER, 506, USUAL_PER_SECOND, 0);
        assertThat(relayed.value(MEMBER)).as("always a sign of life").isEqualTo(22);
        relayed.hearsay(MEMBER, 507, USUAL_PER_SECOND, SECONDS);
        assertThat(relayed.value(MEMBER)).isEqualTo(22 + 2 * USUAL_PER_SECOND);
    }

    @Test
    void aStatementOfTheMemberBelowALieIsPassedOnAtOnce() {
        relayed.start(MEMBER, 5);
        relayed.hearsay(MEMBER, 505, USUAL_PER_SECOND, 0);
        relayed.ownVoice(MEMBER, 30, MILLIS);
        assertThat(relayed.value(MEMBER)).isEqualTo(30);
    }

    @Test
    void newsByHearsayKeepsUpWithAMemberThatIsKnownToBeFast() {
        relayed.start(MEMBER, 1);
        relayed.ownVoice(MEMBER, 1_000, SECONDS);
        relayed.ownVoice(MEMBER, 2_000, 2 * SECONDS);
        for (int i = 1; i <= 100; i++) {
            relayed.hearsay(MEMBER, 2_000 + 1_000 * i, USUAL_PER_SECOND, (2 + i) * SECONDS);
            assertThat(relayed.value(MEMBER)).isEqualTo(2_000 + 1_000 * i);
        }
    }

    /** Late news, then fresh: what fell behind is told within a second, though the member goes on. */
    @Test
    void whatFellBehindCatchesUpWhileTheMemberBeatsOn() {
        int perSecond = 100;
        relayed.start(MEMBER, 1);
        relayed.ownVoice(MEMBER, 1_000, SECONDS);
        relayed.ownVoice(MEMBER, 1_100, 2 * SECONDS);
        relayed.hearsay(MEMBER, 1_200, USUAL_PER_SECOND, 2 * SECONDS);
        assertThat(relayed.value(MEMBER)).as("behind").isEqualTo(1_116);
        for (int i = 1; i <= 10; i++) {
            relayed.hearsay(MEMBER, 1_200 + i * perSecond / 10, USUAL_PER_SECOND, 2 * SECONDS + i * (100 * MILLIS));
        }
        assertThat(relayed.value(MEMBER)).isEqualTo(1_300);
    }

    /** A lie that is kept alive with ever greater ones gets no further ahead than the member beats meanwhile. */
    @Test
    void aLieThatGoesOnGetsAheadByAsMuchAsTheMemberBeatsMeanwhile() {
        relayed.start(MEMBER, 1);
        relayed.ownVoice(MEMBER, 1_000, SECONDS);
        relayed.ownVoice(MEMBER, 1_100, 2 * SECONDS);
        for (int i = 0; i <= 10; i++) {
            relayed.hearsay(MEMBER, 5_000 + i, USUAL_PER_SECOND, 2 * SECONDS + i * (100 * MILLIS));
        }
        assertThat(relayed.value(MEMBER)).isEqualTo(1_100 + 16 + 200);
    }

    @Test
    void numbersAreUnsigned() {
        relayed.start(MEMBER, Long.MAX_VALUE);
        relayed.hearsay(MEMBER, Long.MIN_VALUE + 3, USUAL_PER_SECOND, 0);
        assertThat(relayed.value(MEMBER)).isEqualTo(Long.MIN_VALUE + 3);
        relayed.hearsay(MEMBER, -1, USUAL_PER_SECOND, SECONDS);
        assertThat(relayed.value(MEMBER)).isEqualTo(Long.MIN_VALUE + 3 + 12 + 2 * USUAL_PER_SECOND);
    }
}
