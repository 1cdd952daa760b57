package io.t1.bench.report;

import java.util.List;

/** Every curve, in the order of the page. */
final class Curves {
    static final List<Curve> ALL = List.of(
            new TransportCurve(),
            new LoadCurve(),
            new ScalingCurve(ScalingCurve.Dimension.CLIENTS),
            new ScalingCurve(ScalingCurve.Dimension.BATCH),
            new ScalingCurve(ScalingCurve.Dimension.FEATURES),
            new ScalingCurve(ScalingCurve.Dimension.TABLES));

    private Curves() {}

    static Curve named(final String name) {
        return ALL.stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no curve " + name));
    }
}
