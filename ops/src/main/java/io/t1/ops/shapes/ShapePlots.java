package io.t1.ops.shapes;

import io.t1.ops.BadInputException;
import io.t1.ops.plot.CategoryChart;
import io.t1.ops.plot.CurveChart;
import io.t1.ops.plot.Escaped;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table's curves as drawings, an output and feature each: INT8 as the sidecar computes it, over the density of the rows
 * learnt from where the table tells of it, and teacher and student where their curves were kept.
 *
 * <p>Threading: any.
 */
public final class ShapePlots {
    /** In units of an INT8 step: see definitions, "Router table". */
    static final int STEPS_A_KNOT = 64 * 16;

    private final RouterArtifact table;
    private final Map<String, ShapeCurve> curves = new LinkedHashMap<>();

    /**
     * @param shapes of this very table, where there are any.
     * @throws BadInputException if they are another table's.
     */
    public ShapePlots(final RouterArtifact table, final Optional<TableShapes> shapes) {
        this.table = table;
        shapes.ifPresent(kept -> {
            final String sha256 = HexFormat.of().formatHex(RouterArtifactJson.sha256(table));
            if (!kept.tableSha256().equals(sha256)) {
                throw new BadInputException("--shapes are of the table with sha256 " + kept.tableSha256()
                        + ", this one has " + sha256 + ": give the file that t1 distil wrote with it, or none");
            }
            kept.curves().forEach(curve -> curves.put(name(curve.output().jsonName(), curve.feature()), curve));
        });
    }

    /** Each drawing as SVG, by its name without an extension. */
    public Map<String, String> svgs() {
        final Map<String, String> svgs = new LinkedHashMap<>();
        for (final OutputSpec output : table.outputs()) {
            for (int f = 0; f < table.features().size(); f++) {
                final FeatureSpec feature = table.features().get(f);
                svgs.put(
                        name(output.name().jsonName(), feature.name()),
                        feature.categorical()
                                ? bars(output, f, feature).svg()
                                : chart(output, f, feature).svg());
            }
            svgs.putAll(PairPlots.svgs(table, output.name()));
        }
        return svgs;
    }

    /** All of them on one page. */
    public String page() {
        final StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>")
                .append(Escaped.text(table.key().toString()))
                .append("</h1>\n<p>What each feature adds to each");
        page.append(
                " output, the mean over the rows learnt from being 0. <b class=\"s0\">INT8</b>, as the sidecar computes");
        page.append(
                curves.isEmpty()
                        ? ".</p>\n"
                        : " it; <b class=\"s1\">student</b> before rounding; "
                                + "<b class=\"s2\">free shape</b>; dots: what the other features leave of the teacher's word.</p>\n");
        if (!table.pairs().isEmpty()) {
            page.append(
                            "<p>Squares: what a pair of features adds besides, at its 9 x 9 grid points, each where a feature's")
                    .append(" every other knot is; <b class=\"s0\">below 0</b>, <b class=\"s1\">above 0</b>.</p>\n");
        }
        final Map<String, String> svgs = svgs();
        for (final OutputSpec output : table.outputs()) {
            page.append("<h2>").append(output.name().jsonName()).append("</h2>\n<div class=\"curves\">\n");
            for (final FeatureSpec feature : table.features()) {
                figure(page, svgs.get(name(output.name().jsonName(), feature.name())));
            }
            PairPlots.svgs(table, output.name()).values().forEach(svg -> figure(page, svg));
            page.append("</div>\n");
        }
        return page.append("</body></html>\n").toString();
    }

    private static void figure(final StringBuilder page, final @Nullable String svg) {
        page.append("<figure>").append(svg).append("</figure>\n");
    }

    private CurveChart chart(final OutputSpec output, final int f, final FeatureSpec feature) {
        final List<Long> counts = table.provenance().trainingCounts().getOrDefault(feature.name(), List.of());
        final List<Double> int8 = new ArrayList<>();
        for (final byte knot : output.values()[f]) {
            int8.add((double) output.scale() * STEPS_A_KNOT * knot);
        }
        final List<CurveChart.Line> lines = new ArrayList<>();
        lines.add(new CurveChart.Line("INT8", atKnots(feature, centred(int8, counts))));
        final ShapeCurve kept = curves.get(name(output.name().jsonName(), feature.name()));
        if (kept != null && kept.student().size() == FeatureSpec.KNOTS) {
            lines.add(new CurveChart.Line("student", atKnots(feature, centred(kept.student(), counts))));
            lines.add(new CurveChart.Line("shape", points(kept.shape())));
        }
        final List<Double> edges = new ArrayList<>();
        for (final float knot : feature.knots()) {
            edges.add((double) knot);
        }
        return new CurveChart(
                output.name().jsonName() + " by " + feature.name(),
                feature.name() + (feature.unit().isEmpty() ? "" : ", " + feature.unit()),
                lines,
                kept == null ? List.of() : points(kept.teacher()),
                edges,
                counts.isEmpty() ? List.of() : counts.subList(0, FeatureSpec.KNOTS - 1));
    }

    private CategoryChart bars(final OutputSpec output, final int f, final FeatureSpec feature) {
        final int places = feature.categories().size() + 1;
        final List<Long> counts = table.provenance().trainingCounts().getOrDefault(feature.name(), List.of());
        final List<Double> shares = new ArrayList<>();
        final List<Double> int8 = new ArrayList<>();
        final List<Double> student = new ArrayList<>();
        final double rows = counts.stream().mapToLong(Long::longValue).sum();
        final ShapeCurve kept = curves.get(name(output.name().jsonName(), feature.name()));
        for (int place = 0; place < places; place++) {
            final int knot = CategoryKnots.knot(feature, place);
            final long missing = !counts.isEmpty() && place == places - 1 ? counts.get(FeatureSpec.KNOTS - 1) : 0;
            shares.add(counts.isEmpty() ? Double.NaN : (counts.get(knot) + missing) / rows);
            int8.add((double) output.scale() * STEPS_A_KNOT * output.values()[f][knot]);
            if (kept != null && kept.student().size() == FeatureSpec.KNOTS) {
                student.add(kept.student().get(knot));
            }
        }
        final List<CategoryChart.Bar> bars = new ArrayList<>();
        final List<Double> around0 = aroundMean(int8, shares);
        for (int place = 0; place < places; place++) {
            final float value = feature.knots()[CategoryKnots.knot(feature, place)];
            bars.add(new CategoryChart.Bar(CategoryKnots.name(feature, value), around0.get(place), shares.get(place)));
        }
        return new CategoryChart(
                output.name().jsonName() + " by " + feature.name(),
                bars,
                student.isEmpty() ? List.of() : aroundMean(student, shares));
    }

    private static List<Double> aroundMean(final List<Double> values, final List<Double> shares) {
        double mean = 0;
        for (int i = 0; i < values.size(); i++) {
            final double share = shares.get(i);
            mean += values.get(i) * (Double.isNaN(share) ? 1.0 / values.size() : share);
        }
        final double centre = mean;
        return values.stream().map(value -> value - centre).toList();
    }

    /** Less their mean over the rows that the counts are of; over segments alike when there are none. */
    private static List<Double> centred(final List<Double> knots, final List<Long> counts) {
        double sum = 0;
        double rows = 0;
        for (int s = 0; s + 1 < knots.size(); s++) {
            final double weight = counts.isEmpty() ? 1 : counts.get(s);
            sum += weight * (knots.get(s) + knots.get(s + 1)) / 2;
            rows += weight;
        }
        final double mean = rows == 0 ? 0 : sum / rows;
        return knots.stream().map(knot -> knot - mean).toList();
    }

    private static List<CurveChart.Point> atKnots(final FeatureSpec feature, final List<Double> values) {
        final List<CurveChart.Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new CurveChart.Point(feature.knots()[i], values.get(i)));
        }
        return points;
    }

    private static List<CurveChart.Point> points(final List<ShapeCurve.Point> points) {
        return points.stream()
                .map(point -> new CurveChart.Point(point.x(), point.y()))
                .toList();
    }

    private static String name(final String output, final String feature) {
        return output + "-by-" + feature;
    }

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Curves of a table</title><style>
            :root{--ink:#1f2328;--soft:#59636e;--page:#ffffff;--s0:#0b62c4;--s1:#c2410c;--s2:#15803d}
            @media (prefers-color-scheme:dark){:root{--ink:#f0f3f6;--soft:#b0b9c3;--page:#0d1117;--s0:#6cb0ff;--s1:#ff9f68;
            --s2:#5fd38a}}
            body{font:15px system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--page);
            margin:clamp(1rem,4vw,2rem)}
            .curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(320px,100%),1fr));gap:1rem}figure{margin:0}
            h1{font-size:1.3rem}h2{font-size:1.1rem}p{color:var(--soft);max-width:70ch}svg{width:100%;height:auto}
            .s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}
            </style></head><body>
            """;
}
