/** The {@code t1} command line: options, help, output. What a command does lives in the other packages. */
@NullMarked
package io.t1.ops.cli;

import org.jspecify.annotations.NullMarked;
