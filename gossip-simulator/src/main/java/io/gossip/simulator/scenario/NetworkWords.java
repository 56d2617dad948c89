/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import io.gossip.simulator.scenario.NetworkSettings.Change;
import io.gossip.simulator.scenario.NetworkSettings.Latency;
import io.gossip.simulator.scenario.NetworkSettings.Loss;
import java.time.Duration;

/** Reads what stands behind the word {@code network}. */
final class NetworkWords {
    private NetworkWords() {}

    static Change change(LineWords words) {
        String setting = words.next("loss, latency, duplicate, reorder or datagram-limit");
        return switch (setting) {
            case "loss" -> new Change.ToLoss(loss(words));
            case "latency" -> new Change.ToLatency(latency(words));
            case "duplicate" -> new Change.ToDuplicate(words.share());
            case "reorder" -> reorder(words);
            case "datagram-limit" -> new Change.ToDatagramLimit((int) words.whole(1, 65_507));
            default ->
                throw new ScenarioException(
                        "expected loss, latency, duplicate, reorder or datagram-limit, got '" + setting + "'");
        };
    }

    private static Loss loss(LineWords words) {
        if (words.isNext("burst")) {
            words.word("burst");
            return new Loss.Burst(words.share(), words.share(), words.share());
        }
        return new Loss.Uniform(words.share());
    }

    private static Latency latency(LineWords words) {
        if (words.isNext("log-normal")) {
            words.word("log-normal");
            return new Latency.LogNormal(words.positive(), words.number());
        }
        String text = words.next("a duration like 1ms, a range like 1ms..5ms or 'log-normal'");
        int dots = text.indexOf("..");
        if (dots < 0) {
            return new Latency.Constant(notNegative(text, Quantity.duration(text)));
        }
        Duration least = notNegative(text, Quantity.duration(text.substring(0, dots)));
        Duration most = Quantity.duration(text.substring(dots + 2));
        if (most.compareTo(least) < 0) {
            throw new ScenarioException("expected a range from short to long, got '" + text + "'");
        }
        return new Latency.Uniform(least, most);
    }

    private static Duration notNegative(String text, Duration duration) {
        if (duration.isNegative()) {
            throw new ScenarioException("expected a latency that is not negative, got '" + text + "'");
        }
        return duration;
    }

    private static Change reorder(LineWords words) {
        double share = words.share();
        words.word("by");
        return new Change.ToReorder(share, words.positive());
    }
}
