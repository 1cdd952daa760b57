/**
 * The 16-segment INT8 table: its layout, quantiser and kernels.
 *
 * <p>Here live the off-heap {@link io.t1.router.RouterTable}, what turns features into codes and codes into outputs, and
 * beneath, the artifact's records and their strict reader and writer ({@code io.t1.router.artifact}). Here may not live:
 * decisions between arms, sockets, storage, anything that learns a table.
 */
@NullMarked
package io.t1.router;

import org.jspecify.annotations.NullMarked;
