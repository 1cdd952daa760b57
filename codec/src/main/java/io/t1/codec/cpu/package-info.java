/**
 * Which processors a thread runs on.
 *
 * <p>Here may not live: who pins what.
 */
@NullMarked
package io.t1.codec.cpu;

import org.jspecify.annotations.NullMarked;
