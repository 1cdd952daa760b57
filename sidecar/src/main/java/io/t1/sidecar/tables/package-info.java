/**
 * Which table decides.
 *
 * <p>Here live the tables that are served ({@link io.t1.sidecar.tables.ServedTables}, read by event loops), and the one
 * thread that changes them and their store ({@link io.t1.sidecar.tables.ControlThread}, {@link
 * io.t1.sidecar.tables.TableControl}). Here may not live: sockets, watching of files.
 */
@NullMarked
package io.t1.sidecar.tables;

import org.jspecify.annotations.NullMarked;
