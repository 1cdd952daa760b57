/**
 * What a server gives back to the system while nobody asks.
 *
 * <p>Here live what a process has mapped and the system's call. Here may not live: when to do it, which is the traffic's
 * to say.
 */
@NullMarked
package io.t1.sidecar.memory;

import org.jspecify.annotations.NullMarked;
