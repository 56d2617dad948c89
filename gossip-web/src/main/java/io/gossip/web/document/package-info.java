/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is answered: bytes in chunks that all readers share, made once in a worker thread, named by an entity tag, and
 * written as fast as each reader takes them. It knows nothing of paths.
 *
 * <p>Internal: not part of the API, whatever is public in it.
 */
@NullMarked
package io.gossip.web.document;

import org.jspecify.annotations.NullMarked;
