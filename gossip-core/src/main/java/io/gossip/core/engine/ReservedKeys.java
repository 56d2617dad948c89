/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

/** Keys that belong to the product (architecture §6). Rust peers carry them like any other. */
public final class ReservedKeys {
    /** What every reserved key starts with. */
    public static final String PREFIX = "gossip:";

    /** What a member is about to do: {@link #LEAVING}, or absent. */
    public static final String STATE = PREFIX + "state";

    /** Where a member serves HTTP: {@code host:port}, or {@code https://host:port} where it speaks TLS. */
    public static final String HTTP = PREFIX + "http";

    /** The protocol versions that a member speaks, as numbers with commas between them. */
    public static final String PROTOCOL = PREFIX + "protocol";

    /** How a member takes messages of others. */
    public static final String MESSAGES = PREFIX + "messages";

    /** The value of {@link #STATE} of a member that says goodbye. */
    public static final String LEAVING = "leaving";

    private ReservedKeys() {}

    /**
     * Tells whether users may not write a key.
     *
     * @param key the key
     * @return whether it is reserved
     */
    public static boolean isReserved(String key) {
        return key.startsWith(PREFIX);
    }
}
