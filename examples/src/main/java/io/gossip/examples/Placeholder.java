/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

/** Holds the place until the module has its first class. */
public final class Placeholder {
    private Placeholder() {}
}
