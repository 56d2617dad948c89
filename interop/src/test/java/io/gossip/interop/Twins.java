/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.NodeIdentity;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A Rust member and one of ours with the same identity, to which the same happens. */
record Twins(VirtualMember rust, VirtualMember java) {
    /** What both did. */
    record Answers(List<Letter> rust, List<Letter> java) {}

    Answers receive(Letter letter) {
        return new Answers(rust.receive(letter), java.receive(letter));
    }

    Answers advance(Duration step, int times) {
        return new Answers(rust.advance(step, times), java.advance(step, times));
    }

    void write(Consumer<Member> write) {
        write.accept(rust);
        write.accept(java);
    }

    NodeIdentity identity() {
        return java.identity();
    }
}
