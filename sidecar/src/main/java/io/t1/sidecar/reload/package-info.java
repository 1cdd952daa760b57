/**
 * Tables that come as files.
 *
 * <p>Here live the watching of a directory and what was seen in it. Here may not live: checks of a table, storage: a
 * file's bytes are handed on as if they had come by the wire.
 */
@NullMarked
package io.t1.sidecar.reload;

import org.jspecify.annotations.NullMarked;
