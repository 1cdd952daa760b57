/**
 * The sidecar's figures over HTTP on loopback: {@code /metrics}, {@code /stats}, {@code /healthz}, {@code /readyz} and
 * a page that shows them.
 *
 * <p>Here live the HTTP server and the metrics' names. Here may not live: anything that changes the server's state, any
 * figure that {@link io.t1.sidecar.stats} doesn't have.
 */
@NullMarked
package io.t1.sidecar.http;

import org.jspecify.annotations.NullMarked;
