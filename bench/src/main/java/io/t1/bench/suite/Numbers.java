package io.t1.bench.suite;

import java.util.Locale;

/** How figures are written for people: three digits that count, thousands apart. */
public final class Numbers {
    private Numbers() {}

    /** E.g. {@code 0.572}, {@code 4.69}, {@code 80.7}, {@code 1,234,000}. */
    public static String text(final double value) {
        final double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 1e6) {
            return String.format(Locale.ROOT, "%.2f million", value / 1e6);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        final int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
