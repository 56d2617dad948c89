/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the failure detector thinks of a member.
 *
 * @param identity the member
 * @param state live, dead or left
 * @param phi suspicion now, unitless; empty until two signs of life were seen
 * @param silenceNanos time since the last sign of life that counts as silence by the detector's rule, ns; empty if there
 *     was none
 * @param detectionTimeoutNanos silence after which the member counts as dead, ns; empty while phi is
 * @param removedInNanos time until a dead member is no longer listed, ns; empty for live ones
 * @param heartbeat greatest believed heartbeat, unsigned
 */
public record MemberVitals(
        NodeIdentity identity,
        MemberState state,
        OptionalDouble phi,
        OptionalLong silenceNanos,
        OptionalLong detectionTimeoutNanos,
        OptionalLong removedInNanos,
        long heartbeat) {}
