/**
 * The Java client: {@link io.t1.codec.client.T1Client} blocks up to a deadline, {@link
 * io.t1.codec.client.AsyncT1Client} pipelines in a duty cycle.
 *
 * <p>Neither makes a search wait: past the deadline, or without a sidecar, the answer is the baseline decision, marked
 * degraded. A {@code Transport} moves frames, a {@code Session} keeps a connection and its Hello alive, and the clients
 * match answers to calls. Here may not live: Netty, threads, tables.
 */
@NullMarked
package io.t1.codec.client;

import org.jspecify.annotations.NullMarked;
