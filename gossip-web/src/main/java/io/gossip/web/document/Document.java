/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

/**
 * One representation, ready to be sent to any number of readers.
 *
 * @param tag its entity tag
 * @param body its JSON
 */
public record Document(EntityTag tag, Chunks body) {}
