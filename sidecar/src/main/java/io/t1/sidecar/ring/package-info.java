/**
 * The server's side of rings in shared memory: it makes their files, serves them on threads of its own by the same code
 * that answers sockets, and takes them back when their clients have gone.
 *
 * <p>A client may write anything into its ring, or cut its file short, at any time. Its ring then ends, and no other
 * client notices. Here may not live: Netty, tables, what a frame means.
 */
@NullMarked
package io.t1.sidecar.ring;

import org.jspecify.annotations.NullMarked;
