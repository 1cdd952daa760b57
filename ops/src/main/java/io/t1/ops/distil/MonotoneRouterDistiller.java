package io.t1.ops.distil;

import io.t1.ops.WholeFile;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distils targets of one's own into a router table: shapes, knots, a joint monotone least-squares fit, INT8, and the proof
 * that the directions hold.
 *
 * <p>Targets say what the outputs {@code tau}, {@code spend_cap_ms} and {@code min_conf_gain} should be, not what a query
 * gained. So nothing can be said of {@code score}: the table's is 0.5 for every query, and a node's own score, sent with
 * its features, replaces it. Nor can a gate be searched: the table's is closed, every query gets the baseline, until {@code t1
 * gate} has set it on observations. Where observations are at hand, {@code t1 distil} learns all of it from them.
 *
 * <p>Threading: one thread. The same rows and configuration give the same bytes.
 */
public final class MonotoneRouterDistiller {
    private static final String TOOL = "t1 MonotoneRouterDistiller 0.1.0";

    private final RouterDistillationConfig config;
    private @Nullable RouterArtifact fitted;

    /** One for tables of this configuration. */
    public MonotoneRouterDistiller(final RouterDistillationConfig config) {
        this.config = config;
    }

    /**
     * Fits a table; the one before it is forgotten. What is given is read, and neither kept nor changed.
     *
     * @param x {@code [row][feature]}, a row a query, at least {@value io.t1.ops.observation.LearnableQueries#FEWEST}; NaN
     *     where missing.
     * @param yTau {@code tau}, the context's claim on time, 0 to 1.
     * @param ySpend {@code spend_cap_ms}, most extra latency to spend, in ms, 0 or more.
     * @param yGain {@code min_conf_gain}, the least expected gain worth any spend, in nDCG, 0 to 1.
     * @param weights of the rows, 0 or more; null when all weigh the same.
     * @return this.
     * @throws IllegalArgumentException if lengths differ, a value is out of its range, there are too few rows, or no feature
     *     or no target varies; the message names the argument, the row and the limit. The table fitted before then stays.
     */
    public MonotoneRouterDistiller fit(
            final float[][] x,
            final double[] yTau,
            final double[] ySpend,
            final double[] yGain,
            final double @Nullable [] weights) {
        final OwnTargets own = OwnTargets.checked(config, x, yTau, ySpend, yGain, weights);
        final Provenance.Input given = new Provenance.Input("arrays", ArrayDigest.sha256(own), x.length);
        fitted = OwnTargetsTable.of(config, own, new OwnTargetsTable.Origin(TOOL, List.of(given), Map.of()));
        return this;
    }

    /**
     * The table, as it reads once written.
     *
     * @throws IllegalStateException before {@link #fit}.
     */
    public RouterArtifact table() {
        if (fitted == null) {
            throw new IllegalStateException("no table yet: call fit first");
        }
        return fitted;
    }

    /**
     * How near the table comes to each target over the rows, by name: {@code r2_tau}, {@code r2_spend_cap_ms}, {@code
     * r2_min_conf_gain}; a target that doesn't vary has none.
     *
     * @throws IllegalStateException before {@link #fit}.
     */
    public Map<String, Double> metrics() {
        return table().provenance().metrics();
    }

    /**
     * Writes {@code router_distilled_int8.json}, whole or not at all: {@code t1 gate} opens it, {@code t1 publish} serves it.
     *
     * @throws IllegalStateException before {@link #fit}.
     * @throws io.t1.ops.BadInputException if it can't be written there.
     */
    public void exportProductionConfig(final Path file) {
        WholeFile.write(file, RouterArtifactJson.write(table()));
    }
}
