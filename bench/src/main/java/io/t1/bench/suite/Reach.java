package io.t1.bench.suite;

import org.jspecify.annotations.Nullable;

/** What a row should reach. */
public sealed interface Reach {
    /**
     * Whether it is reached.
     *
     * @param ratio value over reference, null where there is no reference.
     */
    boolean met(double value, @Nullable Double ratio);

    /** In words, e.g. {@code <= 1.5 x}. */
    String text();

    /** At most so many times the reference. */
    record AtMostTimes(double factor) implements Reach {
        @Override
        public boolean met(final double value, final @Nullable Double ratio) {
            return ratio != null && ratio <= factor;
        }

        @Override
        public String text() {
            return "<= " + Numbers.text(factor) + " x";
        }
    }

    /** At least so many times the reference. */
    record AtLeastTimes(double factor) implements Reach {
        @Override
        public boolean met(final double value, final @Nullable Double ratio) {
            return ratio != null && ratio >= factor;
        }

        @Override
        public String text() {
            return ">= " + Numbers.text(factor) + " x";
        }
    }

    /** At most one so-many-th of the reference: so many times faster. */
    record TimesLess(double factor) implements Reach {
        @Override
        public boolean met(final double value, final @Nullable Double ratio) {
            return ratio != null && ratio <= 1 / factor;
        }

        @Override
        public String text() {
            return "<= 1/" + Numbers.text(factor) + " x";
        }
    }

    /** A limit in the row's unit. */
    record AtMost(double limit, String unit) implements Reach {
        @Override
        public boolean met(final double value, final @Nullable Double ratio) {
            return value <= limit;
        }

        @Override
        public String text() {
            return "<= " + Numbers.text(limit) + " " + unit;
        }
    }

    /** A floor in the row's unit. */
    record AtLeast(double limit, String unit) implements Reach {
        @Override
        public boolean met(final double value, final @Nullable Double ratio) {
            return value >= limit;
        }

        @Override
        public String text() {
            return ">= " + Numbers.text(limit) + " " + unit;
        }
    }
}
