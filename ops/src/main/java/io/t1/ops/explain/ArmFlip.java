package io.t1.ops.explain;

import io.t1.codec.Arm;
import org.jspecify.annotations.Nullable;

/**
 * The least change of one input that changes the arm, all others kept.
 *
 * @param input a feature's name, or {@code score} for one that the node sends.
 * @param direction which way it must go.
 * @param at the first float32 on that way at which the arm is another; where a feature is unknown, seen from its default.
 * @param arm what is done from there on.
 * @param category to which a feature with categories must change; null for a number.
 */
public record ArmFlip(
        String input,
        Direction direction,
        float at,
        Arm arm,
        @Nullable String category) {
    /** Of a number. */
    public ArmFlip(final String input, final Direction direction, final float at, final Arm arm) {
        this(input, direction, at, arm, null);
    }

    /** Which way. */
    public enum Direction {
        /** To higher values. */
        UP,
        /** To lower values. */
        DOWN,
        /** To another category; none is nearer than the others. */
        TO
    }
}
