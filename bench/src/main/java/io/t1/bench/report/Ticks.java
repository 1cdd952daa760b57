package io.t1.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where an axis is marked, and how.
 *
 * @param from the least value on the axis.
 * @param to the most.
 */
record Ticks(Plot.Scale scale, double from, double to, List<Double> at) {
    private static final int LINEAR_TICKS = 5;
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final int FEW_DECADES = 2;

    /** Ticks that span these values. */
    static Ticks spanning(final Plot.Scale scale, final double least, final double most) {
        return switch (scale) {
            case LINEAR -> linear(most);
            case LOG -> log(least, most);
            case PERCENTILE -> decades(scale, 1, Math.max(2, Math.ceil(Math.log10(most))));
        };
    }

    private static Ticks linear(final double most) {
        final double raw = most / LINEAR_TICKS;
        final double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * magnitude;
        for (final double candidate : STEPS) {
            if (candidate * magnitude >= raw) {
                step = candidate * magnitude;
                break;
            }
        }
        final List<Double> at = new ArrayList<>();
        for (int i = 0; i * step < most + step; i++) {
            at.add(i * step);
        }
        return new Ticks(Plot.Scale.LINEAR, 0, at.getLast(), at);
    }

    /** Powers of two where they are few decades apart, else powers of ten. */
    private static Ticks log(final double least, final double most) {
        if (Math.log10(most / least) <= FEW_DECADES) {
            final double low = Math.pow(2, Math.floor(Math.log(least) / Math.log(2)));
            final List<Double> at = new ArrayList<>();
            for (double tick = low; tick < 2 * most; tick *= 2) {
                at.add(tick);
            }
            return new Ticks(Plot.Scale.LOG, low, at.getLast(), at);
        }
        return decades(Plot.Scale.LOG, Math.pow(10, Math.floor(Math.log10(least))), Math.ceil(Math.log10(most)));
    }

    private static Ticks decades(final Plot.Scale scale, final double from, final double lastExponent) {
        final List<Double> at = new ArrayList<>();
        for (int exponent = (int) Math.round(Math.log10(from)); exponent <= lastExponent; exponent++) {
            at.add(Math.pow(10, exponent));
        }
        return new Ticks(scale, from, at.getLast(), at);
    }

    /** 0 at the axis's start to 1 at its end. */
    double position(final double value) {
        return scale == Plot.Scale.LINEAR ? (value - from) / (to - from) : Math.log(value / from) / Math.log(to / from);
    }

    /** A tick's text. */
    String label(final double tick) {
        if (scale == Plot.Scale.PERCENTILE) {
            if (tick <= 1) {
                return "0 %";
            }
            final int nines = (int) Math.round(Math.log10(tick));
            return String.format(Locale.ROOT, "%." + Math.max(0, nines - 2) + "f %%", 100 - 100 / tick);
        }
        final double size = Math.abs(tick);
        if (size >= 1e6) {
            return trimmed(tick / 1e6) + "M";
        }
        if (size >= 1e4 || (size >= 1e3 && scale == Plot.Scale.LINEAR)) {
            return trimmed(tick / 1e3) + "k";
        }
        return trimmed(tick);
    }

    private static String trimmed(final double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}
