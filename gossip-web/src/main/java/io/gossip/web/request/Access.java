/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

/** What a request needs to be let in. */
public enum Access {
    /** Nothing: probes, and pages that hold no data. */
    ANYONE,
    /** To see the cluster. */
    READ,
    /** To change this member. */
    WRITE
}
