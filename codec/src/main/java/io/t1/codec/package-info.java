/**
 * All that crosses a process boundary: the wire schema, its framing, and the Java client.
 *
 * <p>Here live {@code t1-wire.xml} with the flyweights generated from it ({@code io.t1.codec.wire}, never committed),
 * {@link io.t1.codec.Arm} and {@link io.t1.codec.TableKey}, which every module speaks of, the records that cross the
 * wire, the frames ({@code io.t1.codec.frame}), and the client ({@code io.t1.codec.client}). Here may not
 * live: tables and kernels, gates, servers, anything of Netty's.
 */
@NullMarked
package io.t1.codec;

import org.jspecify.annotations.NullMarked;
