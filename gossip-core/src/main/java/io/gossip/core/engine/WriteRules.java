/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.engine.RefusedWriteException.Reason;
import io.gossip.core.identity.Utf8;

/** What this node refuses to write, so that nothing it holds can fail to spread or harm a peer. */
final class WriteRules {
    // Header, end of stream, three block heads, node op and key-value op beside their texts (wire format §8 and §9).
    private static final int OVERHEAD_BYTES = 4 + 1 + 3 * 3 + 17 + 14 + 12;

    private final int maxEntryBytes;
    private final int room;
    private final boolean sparesRustPeers;

    WriteRules(GossipConfig config) {
        int identityBytes = config.self().wireLength();
        this.room = config.maxDatagramBytes() - OVERHEAD_BYTES - identityBytes;
        this.maxEntryBytes = Math.max(1, Math.min(config.maxEntryBytes(), room));
        this.sparesRustPeers = config.profile() == Profile.INTEROP;
    }

    void checkUserKey(String key) {
        if (ReservedKeys.isReserved(key)) {
            throw new RefusedWriteException(
                    Reason.RESERVED,
                    "key '" + shown(key) + "' starts with '" + ReservedKeys.PREFIX + "', which is reserved");
        }
    }

    void checkEntry(String key, String value) {
        if (!Utf8.isWellFormed(key) || !Utf8.isWellFormed(value)) {
            throw new RefusedWriteException(
                    Reason.NOT_TEXT, "key or value of '" + shown(key) + "' holds an unpaired surrogate");
        }
        long bytes = (long) Utf8.length(key) + Utf8.length(value);
        // Our own keys are small and must always be writable: the goodbye is one of them.
        int most = ReservedKeys.isReserved(key) ? room : maxEntryBytes;
        if (bytes > most) {
            throw new RefusedWriteException(
                    Reason.TOO_LARGE,
                    "key '" + shown(key) + "' and its value take " + bytes + " bytes, the maximum is " + most);
        }
        if (sparesRustPeers && harmsRustPeers(key)) {
            throw new RefusedWriteException(
                    Reason.HARMS_PEERS,
                    "key '" + shown(key) + "' starts with a character outside ASCII, which stops Rust peers; "
                            + "choose another first character, or profile jvm in a cluster without them");
        }
    }

    /** A key whose first character is not ASCII stops the reference node that receives it (W7). */
    static boolean harmsRustPeers(String key) {
        return !key.isEmpty() && key.charAt(0) >= 0x80;
    }

    private static String shown(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }
}
