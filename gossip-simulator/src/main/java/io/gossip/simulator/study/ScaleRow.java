/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.core.wire.ProtocolVersion;
import java.util.Locale;

/**
 * What one cluster cost and how fast it was. What did not happen in time is NaN.
 *
 * @param members how many
 * @param nodeIdBytes length of their node ids
 * @param protocol in which version they opened handshakes
 * @param digestBytes longest digest sent
 * @param partial whether most digests had no room for all members
 * @param bytesPerSecond sent by each member at rest
 * @param joinedSeconds from the last start until all saw all live, in whole seconds
 * @param spreadSeconds from a write until all knew it
 * @param detectedSeconds from a crash until half of the members had noticed
 * @param detectedByAllSeconds from a crash until all had
 * @param falseDeaths times a running member was called dead
 * @param cpuMillis processor time per member and second of the simulation, engine and simulator together, ms
 */
public record ScaleRow(
        int members,
        int nodeIdBytes,
        ProtocolVersion protocol,
        int digestBytes,
        boolean partial,
        double bytesPerSecond,
        double joinedSeconds,
        double spreadSeconds,
        double detectedSeconds,
        double detectedByAllSeconds,
        long falseDeaths,
        double cpuMillis) {
    /** The head of a table in Markdown. */
    public static final String HEAD = """
            | members | node id | version | digest | sent per member | all joined | write at all | death noticed by half / all \
            | false deaths | CPU per member |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    /** {@return a row of that table} */
    public String markdown() {
        return String.format(
                Locale.ROOT,
                "| %,d | %d B | %s | %,d B%s | %.1f kB/s | %.0f s | %.1f s | %.1f / %.1f s | %d | %.2f ms/s |%n",
                members,
                nodeIdBytes,
                protocol,
                digestBytes,
                partial ? ", partial" : "",
                bytesPerSecond / 1_000,
                joinedSeconds,
                spreadSeconds,
                detectedSeconds,
                detectedByAllSeconds,
                falseDeaths,
                cpuMillis);
    }

    /** {@return one JSON object; NaN becomes null} */
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"members\":%d,\"node_id_bytes\":%d,\"protocol\":\"%s\",\"digest_bytes\":%d,\"partial\":%b,"
                        + "\"bytes_per_member_second\":%s,\"joined_seconds\":%s,\"spread_seconds\":%s,"
                        + "\"detected_seconds\":%s,\"detected_by_all_seconds\":%s,\"false_deaths\":%d,"
                        + "\"cpu_millis_per_member_second\":%s}",
                members,
                nodeIdBytes,
                protocol,
                digestBytes,
                partial,
                number(bytesPerSecond),
                number(joinedSeconds),
                number(spreadSeconds),
                number(detectedSeconds),
                number(detectedByAllSeconds),
                falseDeaths,
                number(cpuMillis));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
    }
}
