/** The server: transports, table store, hot reload, stats, journal, access control. Here may not live: anything that learns a table, the command line. */
@NullMarked
package io.t1.sidecar;

import org.jspecify.annotations.NullMarked;
