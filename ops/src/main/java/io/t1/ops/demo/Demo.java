package io.t1.ops.demo;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.SidecarUnreachableException;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.Distiller;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.PolicyEvaluation;
import io.t1.ops.lab.LabContext;
import io.t1.ops.lab.LabReplay;
import io.t1.ops.lab.SearchLab;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.search.LabFeatures;
import io.t1.ops.lab.search.SearchNode;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.BcaEstimate;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The main job on real input: replays one half of a corpus's queries under every arm, learns a table from them, starts a
 * sidecar, and answers the other half as a live search node that asks it over the socket, while a second table, learnt
 * with another seed, replaces the first midway. What asking costs is measured first and taken off the budget. Each query of the other half is answered under T1, always SKIP and always
 * FULL, in random order, so that all are measured on the same machine at the same time.
 */
public final class Demo {
    private static final int WARM_UP = 900;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(60);

    private final LabContext context;
    private final double budgetShare;
    private final Progress progress;
    private final String mainClass;

    /**
     * @param budgetShare mean extra latency allowed, as a share of always FULL's.
     * @param mainClass of the {@code t1} command.
     */
    public Demo(final LabContext context, final double budgetShare, final Progress progress, final String mainClass) {
        this.context = context;
        this.budgetShare = budgetShare;
        this.progress = progress;
        this.mainClass = mainClass;
    }

    /**
     * Runs it.
     *
     * @param folder for the sidecar's data and socket.
     */
    public DemoResult run(final Path folder) throws IOException {
        try (SearchLab lab = SearchLab.open(context, progress);
                SearchNode node = lab.newNode()) {
            final List<LabQuery> training = lab.trainingQueries();
            final MeasuredQueries measured =
                    new LabReplay(node, context.rounds(), context.seed()).measure(training, progress);
            final DistilResult rehearsal = Distiller.distil(measured, settings(budgetShare), progress);
            try (SidecarProcess sidecar = SidecarProcess.start(folder, mainClass);
                    T1Client client = connect(sidecar);
                    T1Client control = connect(sidecar)) {
                publish(control, rehearsal);
                if (!client.awaitReady(READY_NS)) {
                    throw new SidecarUnreachableException(
                            "the sidecar isn't ready: " + client.lastError() + "\n" + sidecar.log());
                }
                final LiveNode live = new LiveNode(node, client);
                warmUp(live, training);
                final double share = budgetShare - askingShare(live, measured);
                live.resetMeasurements();
                final DistilResult first = Distiller.distil(measured, settings(share), progress);
                final DistilResult second =
                        Distiller.distil(measured, settings(share).withSeed(context.seed() + 1), progress);
                publish(control, first);
                return live(lab, live, control, first, second);
            }
        }
    }

    private DistilSettings settings(final double share) {
        return DistilSettings.standard()
                .withBudget(new Budget.MeanShare(share))
                .withEffort(DistilSettings.Effort.QUICK)
                .withSeed(context.seed());
    }

    /** What asking costs a query, as a share of FULL's mean extra latency; at most half of the budget is set aside. */
    private double askingShare(final LiveNode live, final MeasuredQueries measured) {
        final double fullMs = measured.queries().stream()
                        .mapToDouble(query ->
                                query.latencyMicros()[Arm.FULL.code()] - query.latencyMicros()[Arm.SKIP.code()])
                        .average()
                        .orElse(0)
                / 1e3;
        final double askingMs = live.decisionNanos().getMean() / 1e6;
        return fullMs <= 0 ? 0 : Math.min(askingMs / fullMs, budgetShare / 2);
    }

    private static void publish(final T1Client control, final DistilResult table) {
        control.publish(RouterArtifactJson.write(table.artifact()), PublishRole.ACTIVATE);
    }

    private DemoResult live(
            final SearchLab lab,
            final LiveNode live,
            final T1Client control,
            final DistilResult first,
            final DistilResult second) {
        final List<LabQuery> queries = new ArrayList<>(lab.testQueries());
        final Random random = new Random(context.seed());
        Collections.shuffle(queries, random);
        final int n = queries.size();
        final PolicyRun t1 = new PolicyRun("t1", n);
        final PolicyRun skip = new PolicyRun("skip", n);
        final PolicyRun full = new PolicyRun("full", n);
        final Map<Long, Integer> versions = new TreeMap<>();
        final ServerFigures before = ServerFigures.of(control.stats());
        long outcomes = 0;
        CompletableFuture<Void> reload = CompletableFuture.completedFuture(null);
        for (int q = 0; q < n; q++) {
            if (q == n / 2) {
                reload = CompletableFuture.runAsync(() -> publish(control, second));
            }
            if (q % 16 == 0) {
                progress.report("answering live queries", q, n);
            }
            final LabQuery query = queries.get(q);
            final List<PolicyRun> order = new ArrayList<>(List.of(t1, skip, full));
            Collections.shuffle(order, random);
            LiveNode.Answer served = null;
            LiveNode.Answer baseline = null;
            for (final PolicyRun run : order) {
                final LiveNode.Answer answer;
                if (run == t1) {
                    answer = live.decided(query);
                    served = answer;
                } else {
                    answer = live.fixed(query, run == skip ? Arm.SKIP : Arm.FULL);
                    baseline = run == skip ? answer : baseline;
                }
                run.set(q, answer);
            }
            versions.merge(live.tableVersion(), 1, Integer::sum);
            if (served != null && baseline != null && live.report(served, baseline)) {
                outcomes++;
            }
        }
        reload.join();
        progress.report("answering live queries", n, n);
        final ServerFigures after = ServerFigures.of(control.stats());
        final PolicyRun chance = PolicyRun.random(skip, full, t1, context.seed());
        return new DemoResult(
                new DemoResult.Corpus(
                        lab.corpus().name(),
                        lab.corpus().documents().size(),
                        lab.trainingQueries().size(),
                        n),
                evaluations(skip, full, chance, t1),
                differences(t1, skip, full, chance),
                decisions(live, n, after.errors() - before.errors()),
                after.reloads() - before.reloads(),
                versions,
                new DemoResult.BudgetKept(
                        budgetShare,
                        budgetShare * (full.meanMs() - skip.meanMs()),
                        t1.meanMs() - skip.meanMs(),
                        live.decisionNanos().getMean() / 1e6),
                first.report().verdict() + "; no regret "
                        + first.report().noRegret().outcome(),
                outcomes);
    }

    private void warmUp(final LiveNode live, final List<LabQuery> training) {
        for (int i = 0; i < WARM_UP; i++) {
            progress.report("warming up", i, WARM_UP);
            final LabQuery query = training.get(i % training.size());
            live.decided(query);
            // as later: a sidecar that has slept while the node was busy takes longer to answer
            live.fixed(query, Arm.SKIP);
            live.fixed(query, Arm.FULL);
            if (i == 2 * WARM_UP / 3) {
                live.resetMeasurements(); // what asking costs is asked of the last third: both JVMs are warm by then
            }
        }
    }

    private static T1Client connect(final SidecarProcess sidecar) {
        final T1Client client = T1Client.connect(new ClientContext()
                .socketPath(sidecar.socket())
                .clientName("t1-demo")
                .features(LabFeatures.NAMES)
                .fallback(new FallbackDecision(Arm.SKIP, 0, SearchNode.FIRST_STAGE, 0)));
        awaitListening(sidecar, client);
        return client;
    }

    private static void awaitListening(final SidecarProcess sidecar, final T1Client client) {
        final long until = System.nanoTime() + READY_NS;
        while (true) {
            try {
                client.listTables();
                return;
            } catch (final SidecarUnreachableException e) {
                if (!sidecar.isAlive() || System.nanoTime() > until) {
                    throw new SidecarUnreachableException(e.getMessage() + "\n" + sidecar.log());
                }
                client.awaitReady(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static Map<String, PolicyEvaluation> evaluations(final PolicyRun... runs) {
        final Map<String, PolicyEvaluation> evaluations = new LinkedHashMap<>();
        for (final PolicyRun run : runs) {
            evaluations.put(run.outcomes().name(), PolicyEvaluation.of(run.outcomes()));
        }
        return evaluations;
    }

    private static Map<String, BcaEstimate> differences(final PolicyRun t1, final PolicyRun... others) {
        final Map<String, BcaEstimate> differences = new LinkedHashMap<>();
        for (final PolicyRun other : others) {
            differences.put(other.outcomes().name(), PolicyEvaluation.difference(t1.outcomes(), other.outcomes()));
        }
        return differences;
    }

    private static DemoResult.Decisions decisions(final LiveNode live, final int count, final long errors) {
        final Histogram nanos = live.decisionNanos();
        return new DemoResult.Decisions(
                count,
                errors,
                live.degraded(),
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3);
    }
}
