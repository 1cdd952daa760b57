package io.t1.bench.rows;

import io.t1.bench.reload.RollbackMeasurement;
import io.t1.bench.start.LaunchedServer;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.gating.Decider;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How soon the old table decides nothing more: in process, and from a rollback command's frame. */
final class RollbackRow implements BenchRow {
    private static final Reach IN_PROCESS = new Reach.AtMost(1, "us");
    private static final Reach ON_THE_WIRE = new Reach.AtMost(1_000, "us");
    private static final double NS_PER_US = 1e3;
    private static final int ROLLBACKS = 10;
    private static final int SWITCHES = 20_000;

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public String title() {
        return "switch to the baseline, in process and by a command on the wire";
    }

    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final List<Double> switches = new ArrayList<>();
        final List<Double> wire = new ArrayList<>();
        final List<Double> worst = new ArrayList<>();
        for (int i = 0; i < run.effort().runs(); i++) {
            switches.add(switchUs());
            final Histogram latencies =
                    new RollbackMeasurement(LaunchedServer.launcher(), run.folder("r" + i)).run(ROLLBACKS);
            wire.add(latencies.getValueAtPercentile(50) / NS_PER_US);
            worst.add(latencies.getMaxValue() / NS_PER_US);
        }
        return List.of(
                BenchResult.alone("rollback-in-process", "us", new Figure(switches), IN_PROCESS)
                        .with("median of " + SWITCHES
                                + " switches of a Decider, each timed by itself, the clock included"),
                BenchResult.alone("rollback-wire", "us", new Figure(wire), ON_THE_WIRE)
                        .with("median of " + ROLLBACKS + " a run; the slowest of each run: "
                                + new Figure(worst).spread()));
    }

    /** The switch itself; the table to switch back to is put in place between two, untimed. */
    private static double switchUs() throws Exception {
        final Histogram nanos = new Histogram(1, 1_000_000_000L, 3);
        try (Decider decider = Decider.open(RandomTable.standard())) {
            for (int i = 0; i < SWITCHES; i++) {
                if (i % 2 == 0) {
                    final long begun = System.nanoTime();
                    decider.rollbackToBaseline();
                    final long ended = System.nanoTime();
                    if (i > SWITCHES / 2) {
                        nanos.recordValue(Math.max(1, ended - begun));
                    }
                } else if (!decider.rollbackToPrevious()) {
                    throw new IllegalStateException("nothing to switch back to");
                }
            }
        }
        return nanos.getValueAtPercentile(50) / NS_PER_US;
    }
}
