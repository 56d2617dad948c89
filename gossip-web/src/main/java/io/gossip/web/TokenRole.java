/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

/** What the bearer of a token may do. */
public enum TokenRole {
    /** See everything, metrics included. */
    READ,
    /** See everything and change this member. */
    WRITE
}
