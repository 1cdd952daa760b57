/**
 * What a server costs before and beside its decisions: its start, its memory.
 *
 * <p>Each server measured is a process of its own, started by the launcher as a user starts it. Here may not live: load
 * against a server that has long been up.
 */
@NullMarked
package io.t1.bench.start;

import org.jspecify.annotations.NullMarked;
