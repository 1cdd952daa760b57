package io.t1.router.artifact;

/**
 * One output of a table: {@code y = clamp(offset + scale * acc, lo, hi)}.
 *
 * @param name which output.
 * @param bias added to the accumulator; no codes may take the sum to 2^24 in size, see {@link AccumulatorRange}.
 * @param offset y at acc 0, in the output's unit.
 * @param scale the output's unit per accumulator step, finite and above zero.
 * @param lo least y.
 * @param hi greatest y.
 * @param values {@code values[f][i]}, INT8 at knot i of feature f.
 */
public record OutputSpec(OutputName name, int bias, float offset, float scale, float lo, float hi, byte[][] values) {}
