/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Equal for equal visible keys and values.
 *
 * @param keys how many are visible
 * @param hash 64-bit FNV-1a as the README of chitchat-peer describes it, 16 hex digits
 */
record Fingerprint(long keys, String hash) {
    /** Of a member that is not known. */
    static final Fingerprint NONE = new Fingerprint(0, "unknown");

    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    static Fingerprint of(NodeSnapshot node) {
        List<KeyMutation> visible = node.entries().stream()
                .filter(entry -> entry.status() != EntryStatus.TOMBSTONE)
                .toList();
        long hash = visible.stream()
                .flatMap(entry -> Stream.of(entry.key(), entry.value()))
                .reduce(START, Fingerprint::add, (left, right) -> {
                    throw new AssertionError("sequential");
                });
        return new Fingerprint(visible.size(), String.format("%016x", hash));
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ (b & 0xff)) * PRIME;
        }
        return (sum ^ 0xff) * PRIME;
    }
}
