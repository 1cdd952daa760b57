package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.BcaEstimate;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what a policy gave and cost, beside what else the money could buy. */
final class SpendingTable {
    private SpendingTable() {}

    static void print(final PrintWriter out, final Spending spending) {
        final double skip = spending.armNdcg10()[Arm.SKIP.code()];
        final double cheap = spending.armNdcg10()[Arm.CHEAP.code()];
        final double full = spending.armNdcg10()[Arm.FULL.code()];
        final double gain = full - skip;
        final TextTable table = new TextTable("policy", "nDCG@10", "gain kept", "of FULL's cost", "p95 ms");
        table.row("SKIP for all", ndcg(skip), percent(0), percent(0), ms(spending.armP95Ms()[Arm.SKIP.code()]));
        table.row(
                "FULL or SKIP at random",
                ndcg(skip + gain * spending.randomGainShare()),
                percent(spending.randomGainShare()),
                percent(spending.costShare()),
                "");
        table.row(
                "best random mixture of arms",
                ndcg(skip + gain * spending.bestRandomGainShare()),
                percent(spending.bestRandomGainShare()),
                percent(spending.costShare()),
                "");
        table.row(
                "T1",
                ndcg(spending.ndcg10()),
                percent(spending.gainShare()),
                percent(spending.costShare()),
                ms(spending.p95Ms()));
        table.row(
                "CHEAP for all",
                ndcg(cheap),
                percent(gain == 0 ? 0 : (cheap - skip) / gain),
                "",
                ms(spending.armP95Ms()[Arm.CHEAP.code()]));
        table.row("FULL for all", ndcg(full), percent(1), percent(1), ms(spending.armP95Ms()[Arm.FULL.code()]));
        if (spending.support() == null) {
            table.row(
                    "bound, outcomes known",
                    ndcg(skip + gain * spending.boundGainShare()),
                    percent(spending.boundGainShare()),
                    percent(spending.costShare()),
                    "");
        }
        table.print(out);
        out.println();
        out.println("T1 minus best random mixture: " + interval(spending.overBestRandom())
                + "; minus FULL or SKIP at random: " + interval(spending.overRandom()));
        out.println("arms: SKIP " + percent(spending.armShares()[Arm.SKIP.code()]) + ", CHEAP "
                + percent(spending.armShares()[Arm.CHEAP.code()]) + ", FULL "
                + percent(spending.armShares()[Arm.FULL.code()])
                + (spending.support() == null ? "; achieved over bound: " + percent(spending.shareOfBound()) : ""));
        if (spending.support() != null) {
            out.println("off-policy, from one arm a query, doubly robust: " + spending.support());
        }
    }

    static void print(final PrintWriter out, final ThresholdChoice choice) {
        final ThresholdChoice.Constraint constraint = choice.constraint();
        out.println(String.format(
                Locale.ROOT,
                "budget: %s=%.4f, limit %.4f, slack %.4f (one standard error, %.4f, kept back), multiplier %.5f%s",
                constraint.name(),
                constraint.value(),
                constraint.limit(),
                constraint.slack(),
                constraint.headroom(),
                constraint.multiplier(),
                constraint.binds() ? ", binds" : ", doesn't bind"));
        out.println(String.format(Locale.ROOT, "duality gap: %.2g of the Lagrangian", choice.dualityGap()));
    }

    static String interval(final BcaEstimate estimate) {
        return String.format(Locale.ROOT, "%+.4f [%+.4f, %+.4f]", estimate.estimate(), estimate.lo(), estimate.hi());
    }

    static String ndcg(final double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String ms(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
