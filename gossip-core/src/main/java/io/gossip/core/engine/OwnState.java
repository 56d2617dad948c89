/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.engine.WriteResult.Outcome;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.VersionedValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This node's own state: the only one that it writes, and that nobody else may.
 *
 * <p>When a live member shows more of us than we have (the same generation was started twice, or our state was lost), our
 * versions move past everything that peers hold, so that they reset to what we have (architecture §4, own state).
 */
final class OwnState {
    /** Claims about ourselves further above what we know are not believed. */
    private static final long BELIEVABLE_GAP = 1L << 32;

    /** Room between what peers hold and our new versions: nothing on the way to them can reach across it. */
    private static final long RENUMBER_STEP = 1L << 20;

    private static final long RENUMBER_PAUSE_NANOS = 60_000_000_000L;

    private final NodeState node;
    private final Effects effects;
    private final Counters counters;
    private WriteRules rules;
    private boolean renumbered;
    private long renumberedAtNanos;

    OwnState(GossipConfig config, NodeState node, Effects effects, Counters counters) {
        this.node = node;
        this.effects = effects;
        this.counters = counters;
        this.rules = new WriteRules(config);
    }

    /** What was written before and is too large now stays. */
    void reconfigure(GossipConfig config) {
        rules = new WriteRules(config);
    }

    void beat() {
        node.heartbeat(node.heartbeat() + 1);
    }

    WriteResult set(String key, String value, long nowNanos) {
        rules.checkUserKey(key);
        return write(key, value, () -> node.set(key, value, nowNanos));
    }

    WriteResult setWithTtl(String key, String value, long nowNanos) {
        rules.checkUserKey(key);
        return write(key, value, () -> node.setWithTtl(key, value, nowNanos));
    }

    WriteResult setReserved(String key, Optional<String> value, long nowNanos) {
        if (!ReservedKeys.isReserved(key)) {
            throw new IllegalArgumentException("not a reserved key: '" + key + "'");
        }
        return value.isPresent()
                ? write(key, value.get(), () -> node.set(key, value.get(), nowNanos))
                : change(key, node.delete(key, nowNanos));
    }

    WriteResult delete(String key, long nowNanos) {
        rules.checkUserKey(key);
        return change(key, node.delete(key, nowNanos));
    }

    WriteResult deleteAfterTtl(String key, long nowNanos) {
        rules.checkUserKey(key);
        return change(key, node.deleteAfterTtl(key, nowNanos));
    }

    WriteResult touch(String key, long nowNanos) {
        rules.checkUserKey(key);
        return change(key, node.touch(key, nowNanos));
    }

    private interface Write {
        Optional<KeyChange> perform();
    }

    private WriteResult write(String key, String value, Write write) {
        rules.checkEntry(key, value);
        boolean visibleBefore = isVisible(node.get(key));
        WriteResult result = change(key, write.perform());
        return result.outcome() == Outcome.UPDATED && !visibleBefore
                ? new WriteResult(Outcome.CREATED, result.version())
                : result;
    }

    private WriteResult change(String key, Optional<KeyChange> change) {
        if (change.isPresent()) {
            report(false, List.of(change.get()));
            return new WriteResult(Outcome.UPDATED, change.get().version());
        }
        VersionedValue present = node.get(key);
        return present != null && isVisible(present)
                ? new WriteResult(Outcome.UNCHANGED, present.version())
                : new WriteResult(Outcome.ABSENT, 0);
    }

    private static boolean isVisible(@Nullable VersionedValue value) {
        return value != null && !value.isDeleted();
    }

    private void report(boolean reset, List<KeyChange> changes) {
        effects.changed(
                new ClusterEvent.KeysChanged(node.identity(), reset, node.maxVersion(), node.lastGcVersion(), changes));
    }

    /** A live member's digest tells what it holds of us. */
    void heardOfSelf(long heartbeat, long lastGcVersion, long maxVersion, long nowNanos) {
        boolean beatsAhead = isAhead(heartbeat, node.heartbeat());
        boolean versionsAhead = isAhead(maxVersion, node.maxVersion());
        if (beatsAhead) {
            node.heartbeat(heartbeat + 1);
        }
        if ((beatsAhead || versionsAhead) && mayRenumber(nowNanos)) {
            long known = versionsAhead ? maxVersion : node.maxVersion();
            // Peers in the middle of a reset hold a last GC version above their max version.
            boolean gcAhead =
                    Long.compareUnsigned(lastGcVersion, known) > 0 && isAhead(lastGcVersion, node.maxVersion());
            renumberAbove(gcAhead ? lastGcVersion : known, nowNanos);
        }
    }

    private boolean isAhead(long claimed, long own) {
        if (Long.compareUnsigned(claimed, own) <= 0) {
            return false;
        }
        if (Long.compareUnsigned(claimed - own, BELIEVABLE_GAP) <= 0) {
            return true;
        }
        disbelieve(claimed, own);
        return false;
    }

    private void disbelieve(long claimed, long own) {
        if (counters.implausibleClaims++ == 0) {
            effects.notice(
                    Effect.Notice.Kind.IMPLAUSIBLE_CLAIM,
                    "a peer holds " + Long.toUnsignedString(claimed) + " of us where we have "
                            + Long.toUnsignedString(own) + "; ignored, further claims of that kind are only counted");
        }
    }

    private boolean mayRenumber(long nowNanos) {
        return !renumbered || nowNanos - renumberedAtNanos >= RENUMBER_PAUSE_NANOS;
    }

    private void renumberAbove(long known, long nowNanos) {
        long newGcVersion = known + RENUMBER_STEP;
        if (known < 0 || newGcVersion < 0) {
            disbelieve(known, node.maxVersion());
            return;
        }
        renumbered = true;
        renumberedAtNanos = nowNanos;
        counters.renumberings++;
        report(true, node.renumberAbove(newGcVersion, nowNanos));
        effects.notice(
                Effect.Notice.Kind.OWN_STATE_RENUMBERED,
                "peers held more of us than we have (was this generation started twice?); our versions now start above "
                        + newGcVersion);
    }
}
