package io.t1.bench.report;

import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.MachineStalls;
import java.util.ArrayList;
import java.util.List;

/** What the machine alone gives a tail before a curve is measured and after it, as a line to hold the curve's against. */
final class StallsAlone {
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_US = 1e3;
    /** Drawn for less, since an axis may be logarithmic. */
    private static final double LEAST_US = 1;

    private final BenchRun run;
    private final double percentile;
    private final List<Double> waitsUs = new ArrayList<>();

    /**
     * @param percentile of the waits, 0 to 100.
     */
    StallsAlone(final BenchRun run, final double percentile) {
        this.run = run;
        this.percentile = percentile;
    }

    /** Watches for as long as a point takes, in as many parts, with neither server nor load. */
    void watch() throws InterruptedException {
        final int parts = run.effort().runs();
        final double[] waits = new double[parts];
        for (int i = 0; i < parts; i++) {
            final long lengthNs = 2L * run.effort().runMs() * NS_PER_MS / parts;
            waits[i] = MachineStalls.watch(run.cores(), lengthNs).waitNs(percentile) / NS_PER_US;
        }
        final Figure figure = Figure.of(waits);
        waitsUs.add(Math.max(LEAST_US, figure.median()));
        run.say().accept("the machine alone, us: " + figure.spread());
    }

    /** From the first watch at the first x to the last at the last. */
    Series series(final double firstX, final double lastX) {
        return new Series(
                "the machine alone",
                List.of(new Series.Point(firstX, waitsUs.getFirst()), new Series.Point(lastX, waitsUs.getLast())));
    }
}
