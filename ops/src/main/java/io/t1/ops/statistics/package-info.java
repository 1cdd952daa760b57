/**
 * Estimators with their intervals, tested against published values.
 *
 * <p>Here live functions of numbers alone. Here may not live: queries, arms, files, anything that decides.
 */
@NullMarked
package io.t1.ops.statistics;

import org.jspecify.annotations.NullMarked;
