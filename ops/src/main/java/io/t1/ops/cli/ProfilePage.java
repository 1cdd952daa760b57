package io.t1.ops.cli;

import io.t1.ops.drift.FeatureDrift;
import io.t1.ops.observation.FeatureProfile;
import io.t1.ops.observation.ObservationProfile;
import io.t1.ops.observation.SliceProfile;
import io.t1.ops.plot.BarChart;
import io.t1.ops.plot.CategoryChart;
import io.t1.ops.plot.Escaped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A profile as one HTML page, in need of no other file. */
final class ProfilePage {
    private static final int CELLS = 24;
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Observations</title><style>
            :root{--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;--page:#ffffff;--s0:#0b62c4;--s1:#c2410c}
            @media (prefers-color-scheme:dark){:root{--ink:#f0f3f6;--soft:#b0b9c3;--grid:#3a424b;--page:#0d1117;--s0:#6cb0ff;
            --s1:#ff9f68}}
            body{font:15px system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--page);
            margin:clamp(1rem,4vw,2rem)}
            .features{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(320px,100%),1fr));gap:1.5rem}
            h1{font-size:1.3rem}h2{font-size:1.1rem}h3{font-size:1rem;margin:0}p{margin:.3rem 0;color:var(--soft)}
            svg{width:100%}text{font-size:11px;fill:var(--soft)}table{border-collapse:collapse;display:block;overflow-x:auto}
            td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid var(--grid)}td:first-child,th:first-child{text-align:left}
            .a{color:var(--s0)}.b{color:var(--s1)}
            </style></head><body>
            """;

    private ProfilePage() {}

    static String of(final ObservationProfile profile, final List<FeatureDrift> drifts) {
        final StringBuilder page = new StringBuilder(HEAD);
        page.append(String.format(
                Locale.ROOT,
                "<h1>Observations: %,d rows, %,d queries</h1>%n<p>%,d queries measured under every arm, %,d rows logged"
                        + " with a propensity.</p>%n",
                profile.rows(),
                profile.queries(),
                profile.fullInformation(),
                profile.logged()));
        profile.badRows()
                .forEach((reason, rows) -> page.append(
                        String.format(Locale.ROOT, "<p>Left out %,d rows: %s</p>%n", rows, Escaped.text(reason))));
        page.append("<h2>Features</h2>\n");
        if (!drifts.isEmpty()) {
            page.append("<p><span class=\"a\">learnt from</span>, <span class=\"b\">seen now</span>, over the table's"
                    + " segments; the last bar is missing values.</p>\n");
        }
        page.append("<div class=\"features\">\n");
        for (int f = 0; f < profile.features().size(); f++) {
            feature(page, profile.features().get(f), drifts.isEmpty() ? List.of() : List.of(drifts.get(f)));
        }
        page.append("</div>\n<h2>Slices</h2>\n");
        slices(page, profile.slices());
        return page.append("</body></html>\n").toString();
    }

    private static void feature(
            final StringBuilder page, final FeatureProfile feature, final List<FeatureDrift> drifts) {
        page.append("<section><h3>").append(Escaped.text(feature.name())).append("</h3>\n");
        if (feature.categories().isEmpty()) {
            page.append(String.format(
                    Locale.ROOT,
                    "<p>median %s, 5 to 95 %%: %s to %s, %,d&nbsp;missing</p>%n",
                    ProfileCommand.decimals(feature.median()),
                    ProfileCommand.decimals(feature.p05()),
                    ProfileCommand.decimals(feature.p95()),
                    feature.missing()));
        } else {
            page.append(String.format(
                    Locale.ROOT, "<p>%,d categories, %,d&nbsp;missing</p>%n", feature.distinct(), feature.missing()));
            page.append(new CategoryChart("queries a category of " + feature.name(), bars(feature), List.of()).svg());
        }
        for (final FeatureDrift drift : drifts) {
            page.append(String.format(
                    Locale.ROOT,
                    "<p>stability index %.4f, by chance up to %.4f: %s</p>%n",
                    drift.stability().index(),
                    drift.stability().noise(),
                    drift.outcome()));
            page.append(new BarChart(
                            feature.name() + " learnt from and seen now",
                            "first segment",
                            "missing",
                            List.of(shares(drift.learnt()), shares(drift.seen())))
                    .svg());
        }
        if (drifts.isEmpty() && feature.categories().isEmpty() && feature.sorted().length > 0) {
            page.append(new BarChart(
                            "how " + feature.name() + " is spread",
                            ProfileCommand.decimals(feature.least()),
                            ProfileCommand.decimals(feature.most()),
                            List.of(shares(histogram(feature))))
                    .svg());
        }
        page.append("</section>\n");
    }

    private static List<CategoryChart.Bar> bars(final FeatureProfile feature) {
        final List<CategoryChart.Bar> bars = new ArrayList<>();
        feature.categories()
                .forEach((category, queries) -> bars.add(new CategoryChart.Bar(category, queries, Double.NaN)));
        return bars;
    }

    /** Counts in cells of one width. */
    private static List<Long> histogram(final FeatureProfile feature) {
        final long[] counts = new long[CELLS];
        final double width = (feature.most() - feature.least()) / CELLS;
        for (final double value : feature.sorted()) {
            counts[width > 0 ? Math.min(CELLS - 1, (int) ((value - feature.least()) / width)) : 0]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private static List<Double> shares(final List<Long> counts) {
        final double all = counts.stream().mapToLong(Long::longValue).sum();
        final List<Double> shares = new ArrayList<>();
        counts.forEach(count -> shares.add(all == 0 ? 0 : count / all));
        return shares;
    }

    private static void slices(final StringBuilder page, final List<SliceProfile> slices) {
        page.append(
                "<table><tr><th>slice</th><th>queries</th><th>arm</th><th>rows</th><th>nDCG@10</th><th>mean ms</th></tr>\n");
        for (final SliceProfile slice : slices) {
            for (final SliceProfile.ArmProfile arm : slice.arms()) {
                page.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%,d</td><td>%s</td><td>%,d</td><td>%s</td><td>%s</td></tr>%n",
                        Escaped.text(slice.name()),
                        slice.queries(),
                        arm.arm(),
                        arm.rows(),
                        ProfileCommand.decimals(arm.meanNdcg10()),
                        ProfileCommand.decimals(arm.meanLatencyMs())));
            }
        }
        page.append("</table>\n");
    }
}
