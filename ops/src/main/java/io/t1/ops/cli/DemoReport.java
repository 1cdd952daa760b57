package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.ops.demo.DemoResult;
import io.t1.ops.gate.PolicyEvaluation;
import io.t1.ops.statistics.BcaEstimate;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what the demo measured. */
record DemoReport(DemoResult result) {
    private static final Map<String, String> NAMES =
            Map.of("skip", "SKIP only", "full", "always FULL", "random", "random, T1's budget", "t1", "T1");

    void print(final PrintWriter out) {
        final DemoResult.Corpus corpus = result.corpus();
        out.println(format(
                "%s: %,d documents; learnt from %,d queries, judged on %,d others (%s)",
                corpus.name(), corpus.documents(), corpus.trainQueries(), corpus.testQueries(), result.verdict()));
        out.println();
        final TextTable table = new TextTable(
                "policy", "nDCG@10", "T1 minus it", "95 % interval", "mean ms", "p95 ms", "SKIP", "CHEAP", "FULL");
        result.policies().forEach((name, policy) -> row(table, name, policy));
        table.print(out);
        out.println();
        final DemoResult.BudgetKept budget = result.budget();
        out.println(format(
                "budget  %.0f %% of FULL's mean extra latency: %.3f ms allowed, %.3f ms spent, %.3f of it on asking: %s",
                100 * budget.share(),
                budget.limitMs(),
                budget.spentMs(),
                budget.askingMs(),
                budget.kept() ? "kept" : "EXCEEDED"));
        final DemoResult.Decisions decisions = result.decisions();
        out.println(format(
                "asking  %,d decisions over the socket: p50 %.0f us, p99 %.0f us, p99.9 %.0f us; %,d errors, %,d degraded",
                decisions.count(),
                decisions.p50Us(),
                decisions.p99Us(),
                decisions.p999Us(),
                decisions.errors(),
                decisions.degraded()));
        out.println(format(
                "tables  %d hot reload under traffic; decisions by version: %s; %,d outcomes reported",
                result.reloads(), result.versions(), result.outcomesSent()));
    }

    private void row(final TextTable table, final String name, final PolicyEvaluation policy) {
        final BcaEstimate delta = result.delta().get(name);
        table.row(
                NAMES.getOrDefault(name, name),
                format("%.4f", policy.ndcg10()),
                delta == null ? "" : format("%+.4f", delta.estimate()),
                delta == null ? "" : format("%+.4f .. %+.4f", delta.lo(), delta.hi()),
                format("%.3f", policy.meanMs()),
                format("%.3f", policy.p95Ms()),
                percent(policy, Arm.SKIP),
                percent(policy, Arm.CHEAP),
                percent(policy, Arm.FULL));
    }

    Object json() {
        final Map<String, Policy> policies = new LinkedHashMap<>();
        result.policies().forEach((name, policy) -> policies.put(name, Policy.of(policy)));
        final Map<String, Delta> deltas = new LinkedHashMap<>();
        result.delta().forEach((name, delta) -> deltas.put(name, Delta.of(delta)));
        return new Document(
                result.corpus().name(),
                result.corpus().documents(),
                new Queries(result.corpus().trainQueries(), result.corpus().testQueries()),
                policies,
                deltas,
                result.decisions(),
                result.reloads(),
                result.versions(),
                result.budget(),
                result.verdict(),
                result.outcomesSent());
    }

    private static String percent(final PolicyEvaluation policy, final Arm arm) {
        return format("%.1f %%", 100 * policy.share()[arm.code()]);
    }

    private static String format(final String format, final @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private record Queries(int train, int test) {}

    private record Share(double skip, double cheap, double full) {}

    private record Policy(double ndcg10, double meanMs, double p95Ms, Share share) {
        static Policy of(final PolicyEvaluation policy) {
            final double[] share = policy.share();
            return new Policy(
                    policy.ndcg10(),
                    policy.meanMs(),
                    policy.p95Ms(),
                    new Share(share[Arm.SKIP.code()], share[Arm.CHEAP.code()], share[Arm.FULL.code()]));
        }
    }

    private record Delta(double mean, double lo, double hi) {
        static Delta of(final BcaEstimate delta) {
            return new Delta(delta.estimate(), delta.lo(), delta.hi());
        }
    }

    private record Document(
            String corpus,
            int documents,
            Queries queries,
            Map<String, Policy> policies,
            Map<String, Delta> delta,
            DemoResult.Decisions decisions,
            long reloads,
            Map<Long, Integer> versions,
            DemoResult.BudgetKept budget,
            String verdict,
            long outcomes) {}
}
