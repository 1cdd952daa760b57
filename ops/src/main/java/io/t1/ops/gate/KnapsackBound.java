package io.t1.ops.gate;

import io.t1.codec.Arm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most that any policy could gain under a mean cost, had it known the outcomes: the fractional multiple-choice
 * knapsack (Sinha and Zoltners 1979), each query's arms reduced to their upper hull, then taken by gain per ms.
 */
final class KnapsackBound {
    private KnapsackBound() {}

    private record Step(double gain, double costMs) {
        double rate() {
            return gain / costMs;
        }
    }

    /** Mean gain over SKIP, when the mean cost over SKIP may be {@code limitMs}. */
    static double meanGain(final MeasuredArms measured, final double limitMs) {
        final int n = measured.size();
        double free = 0;
        double left = limitMs * n;
        final List<Step> steps = new ArrayList<>(2 * n);
        for (int q = 0; q < n; q++) {
            double gain = 0;
            double cost = 0;
            // arms that cost nothing, by the luck of the measurement, are taken for what they give
            for (int arm = 1; arm < Arm.COUNT; arm++) {
                if (measured.costMs(arm, q) <= 0 && measured.gain(arm, q) > gain) {
                    gain = measured.gain(arm, q);
                }
            }
            free += gain;
            for (Step step = steepest(measured, q, gain, cost); step != null; ) {
                steps.add(step);
                gain += step.gain;
                cost += step.costMs;
                step = steepest(measured, q, gain, cost);
            }
        }
        steps.sort((a, b) -> Double.compare(b.rate(), a.rate()));
        double total = free;
        for (final Step step : steps) {
            if (step.costMs > left) {
                total += step.rate() * left;
                break;
            }
            total += step.gain;
            left -= step.costMs;
        }
        return total / n;
    }

    private static @Nullable Step steepest(
            final MeasuredArms measured, final int q, final double gain, final double cost) {
        Step best = null;
        for (int arm = 1; arm < Arm.COUNT; arm++) {
            final double more = measured.gain(arm, q) - gain;
            final double dearer = measured.costMs(arm, q) - cost;
            if (more > 0 && dearer > 0 && (best == null || more / dearer > best.rate())) {
                best = new Step(more, dearer);
            }
        }
        return best;
    }
}
