/**
 * Tables on disk.
 *
 * <p>Here live the durable store of every version ({@link io.t1.sidecar.store.TableStore}, a Chronicle Map), the small
 * checksummed files of what is live ({@link io.t1.sidecar.store.ServingImages}), which let a server decide before the map
 * has opened, and the records of both. Here may not live: which table should be active, sockets, snapshots.
 */
@NullMarked
package io.t1.sidecar.store;

import org.jspecify.annotations.NullMarked;
