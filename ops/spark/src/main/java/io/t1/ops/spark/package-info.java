/** The engine {@code spark} of {@code t1 distil}: queries held, and forests grown, on Apache Spark. */
@NullMarked
package io.t1.ops.spark;

import org.jspecify.annotations.NullMarked;
