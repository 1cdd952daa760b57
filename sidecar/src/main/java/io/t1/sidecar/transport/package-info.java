/**
 * From bytes on a socket to decisions and back.
 *
 * <p>Here live the event loops and their channels, the socket's file, who may connect, and the handler of a connection.
 * Here may not live: files of state, changes of tables (they are handed to {@code io.t1.sidecar.tables}).
 */
@NullMarked
package io.t1.sidecar.transport;

import org.jspecify.annotations.NullMarked;
