/** The four messages of the protocol as values. Knows nothing of bytes. */
@NullMarked
package io.gossip.core.message;

import org.jspecify.annotations.NullMarked;
