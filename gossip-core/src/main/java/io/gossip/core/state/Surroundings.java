/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/**
 * What the node states of one cluster state share; one that belongs to none has all of it to itself.
 *
 * @param numbers where their heartbeats and versions stand
 * @param size how much they hold together
 * @param expiry where their tombstones wait to be collected
 * @param instances where to look for instances that others keep already
 */
record Surroundings(NodeNumbers numbers, StateSize size, ExpiryQueue expiry, SharedInstances instances) {
    private static final int OWN_PLACES = 2;

    static Surroundings with(SharedInstances instances) {
        return new Surroundings(new NodeNumbers(), new StateSize(), new ExpiryQueue(), instances);
    }

    static Surroundings ofOne() {
        return with(new SharedInstances(OWN_PLACES));
    }

    /** What a node state takes along that goes: its numbers, at row 0, and nothing that it shares with those who stay. */
    Surroundings left(int row) {
        return new Surroundings(numbers.only(row), new StateSize(), new ExpiryQueue(), instances);
    }
}
