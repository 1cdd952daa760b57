package io.t1.ops.shapes;

import io.t1.ops.plot.HeatChart;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table's pairs of features as drawings: what a pair adds to an output at its 9 x 9 grid points, as the sidecar has it. */
final class PairPlots {
    private PairPlots() {}

    /** Of one output, each as SVG by its name without an extension; a pair that adds nothing to it has none. */
    static Map<String, String> svgs(final RouterArtifact table, final OutputName name) {
        final int o = table.outputIndex(name);
        final OutputSpec output = table.outputs().get(o);
        final Map<String, String> svgs = new LinkedHashMap<>();
        for (final PairSpec pair : table.pairs()) {
            final List<List<Double>> values = values(output, pair.grids()[o]);
            if (values.stream().flatMap(List::stream).allMatch(value -> value == 0)) {
                continue;
            }
            final FeatureSpec first = table.features().get(pair.first());
            final FeatureSpec second = table.features().get(pair.second());
            svgs.put(
                    name.jsonName() + "-by-" + first.name() + "-and-" + second.name(),
                    new HeatChart(
                                    name.jsonName() + " by " + first.name() + " and " + second.name(),
                                    name.jsonName() + " by a pair",
                                    axis(first),
                                    axis(second),
                                    values)
                            .svg());
        }
        return svgs;
    }

    private static List<List<Double>> values(final OutputSpec output, final byte[] grid) {
        final List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < PairSpec.LINES; i++) {
            final List<Double> row = new ArrayList<>();
            for (int j = 0; j < PairSpec.LINES; j++) {
                row.add((double) output.scale() * ShapePlots.STEPS_A_KNOT * grid[PairSpec.LINES * i + j]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static HeatChart.Axis axis(final FeatureSpec feature) {
        final String name = feature.name() + (feature.unit().isEmpty() ? "" : ", " + feature.unit());
        return feature.categorical()
                ? new HeatChart.Axis(name, "", "")
                : new HeatChart.Axis(
                        name,
                        String.format(Locale.ROOT, "%.3g", feature.knots()[0]),
                        String.format(Locale.ROOT, "%.3g", feature.knots()[FeatureSpec.KNOTS - 1]));
    }
}
