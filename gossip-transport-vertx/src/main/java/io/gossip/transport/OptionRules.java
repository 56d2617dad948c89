/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

/** What values options may have; every complaint names option, bounds and value. */
final class OptionRules {
    static final int LEAST_STREAM_BYTES = 65_535;
    static final long LEAST_STATE_BYTES = 1_048_576;

    private OptionRules() {}

    static int between(String name, int value, int least, int most) {
        return (int) between(name, (long) value, least, most);
    }

    static long between(String name, long value, long least, long most) {
        require(
                value >= least && value <= most,
                name + " must be between " + least + " and " + most + ", was " + value);
        return value;
    }

    static void requireSeedNode(String value) {
        HostPort seed = HostPort.parse("seedNodes", value);
        require(seed.port() != 0, "seedNodes must have a port above 0, was '" + value + "'");
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
