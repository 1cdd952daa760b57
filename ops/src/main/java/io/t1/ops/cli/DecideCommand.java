package io.t1.ops.cli;

import io.t1.codec.TableDescription;
import io.t1.codec.client.Decision;
import io.t1.codec.client.DegradedReason;
import io.t1.codec.client.SidecarUnreachableException;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.gating.DecisionFlag;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 decide}. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Asks a sidecar for one decision, as a search node would.",
        footerHeading = "%nExample:%n",
        footer = "  t1 decide --socket /run/t1.sock"
                + " --features entropy=2.1,query_length=7,nl_confidence=0.8,miss_rate=0.1 --json")
final class DecideCommand implements Callable<Integer> {
    private static final long READY_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    @Mixin
    private SocketOptions sidecar;

    @Mixin
    private KeyOptions traffic;

    @Mixin
    private QueryOptions query;

    @Option(
            names = "--transport",
            paramLabel = "socket|ring",
            defaultValue = "socket",
            description = "What carries the decision; ring: shared memory, where the sidecar lends it.")
    private TransportChoice transport;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final float score = query.score();
        final Decision decision = new Decision();
        try (T1Client client = sidecar.connect(traffic.key(), query.names(), transport)) {
            client.awaitReady(READY_TIMEOUT_NS);
            final TableDescription table = client.table();
            final float[] row = query.values(table == null ? List.of() : table.features());
            client.decide(row, score, decision);
            if (decision.degradedReason() == DegradedReason.NOT_CONNECTED) {
                throw new SidecarUnreachableException("no sidecar answers at " + sidecar.socket() + " ("
                        + client.lastError() + "): start one with t1 serve, or give its --socket");
            }
            if (client.transport() != transport) {
                spec.commandLine().getErr().println("carried by the socket: " + client.lastError());
            }
            final Answer answer = Answer.of(decision, client.lastError());
            final PrintWriter out = spec.commandLine().getOut();
            if (output.json()) {
                Json.print(out, answer);
            } else {
                answer.print(out);
            }
        }
        return decision.degraded() ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    private record Answer(
            String arm,
            int ef,
            int topk,
            int rerankDepth,
            @Nullable Float tau,
            @Nullable Float spendCapMs,
            @Nullable Float minConfGain,
            @Nullable Float score,
            @Nullable Float expectedGain,
            float propensity,
            String decisionId,
            long tableVersion,
            List<String> flags,
            boolean degraded,
            @Nullable String reason) {
        static Answer of(final Decision decision, final String lastError) {
            return new Answer(
                    decision.arm().name(),
                    decision.ef(),
                    decision.topk(),
                    decision.rerankDepth(),
                    known(decision.tau()),
                    known(decision.spendCapMs()),
                    known(decision.minConfGain()),
                    known(decision.score()),
                    known(decision.expectedGain()),
                    decision.propensity(),
                    Long.toUnsignedString(decision.decisionId()),
                    decision.tableVersion(),
                    names(decision.flags()),
                    decision.degraded(),
                    decision.degraded() ? decision.degradedReason() + ": " + lastError : null);
        }

        void print(final PrintWriter out) {
            final TextTable table = new TextTable("decision", arm);
            table.row("ef", Integer.toString(ef));
            table.row("topk", Integer.toString(topk));
            table.row("rerank depth", Integer.toString(rerankDepth));
            table.row("tau", decimals(tau));
            table.row("spend cap", decimals(spendCapMs) + (spendCapMs == null ? "" : " ms"));
            table.row("min conf gain", decimals(minConfGain));
            table.row("score", decimals(score));
            table.row("expected gain", decimals(expectedGain));
            table.row("propensity", decimals(propensity));
            table.row("table version", Long.toString(tableVersion));
            table.row("decision id", decisionId);
            table.row("flags", flags.isEmpty() ? "none" : String.join(", ", flags));
            table.print(out);
            if (reason != null) {
                out.println("degraded: the baseline decision, because " + reason);
            }
        }

        private static String decimals(final @Nullable Float value) {
            return value == null ? "none" : String.format(Locale.ROOT, "%.4f", value);
        }

        /** Null for what the baseline decision has no figure for. */
        private static @Nullable Float known(final float value) {
            return Float.isNaN(value) ? null : value;
        }

        private static List<String> names(final int flags) {
            final List<String> names = new ArrayList<>();
            add(names, flags, DecisionFlag.EXPLORED, "explored");
            add(names, flags, DecisionFlag.CAPPED, "capped");
            add(names, flags, DecisionFlag.LOW_GAIN, "low_gain");
            add(names, flags, DecisionFlag.DEGRADED, "degraded");
            add(names, flags, DecisionFlag.OVERLOADED, "overloaded");
            add(names, flags, DecisionFlag.NODE_SCORE, "node_score");
            add(names, flags, DecisionFlag.BASELINE_TABLE, "baseline_table");
            return names;
        }

        private static void add(final List<String> names, final int flags, final int bit, final String name) {
            if ((flags & bit) != 0) {
                names.add(name);
            }
        }
    }
}
