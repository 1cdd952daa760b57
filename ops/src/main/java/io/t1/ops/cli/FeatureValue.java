package io.t1.ops.cli;

import io.t1.ops.BadInputException;

/** A feature's value as typed. */
final class FeatureValue {
    private FeatureValue() {}

    /**
     * Reads one.
     *
     * @throws BadInputException if it isn't a number.
     */
    static float parse(final String name, final String text) {
        try {
            return Float.parseFloat(text);
        } catch (final NumberFormatException e) {
            throw new BadInputException(
                    "--features " + name + "=" + text + " isn't a number (NaN stands for unknown)", e);
        }
    }
}
