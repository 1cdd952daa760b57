/**
 * The server: transports, table store, hot reload, stats, journal, access control.
 *
 * <p>Here live its settings and {@link io.t1.sidecar.Sidecar}, where its parts meet. Here may not live: anything that
 * learns a table, the command line.
 */
@NullMarked
package io.t1.sidecar;

import org.jspecify.annotations.NullMarked;
