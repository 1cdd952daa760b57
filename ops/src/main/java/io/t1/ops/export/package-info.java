/** What a sidecar has kept, as observations. Here may not live: how a sidecar keeps it. */
@NullMarked
package io.t1.ops.export;

import org.jspecify.annotations.NullMarked;
