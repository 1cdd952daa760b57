package io.t1.ops.cli;

import io.t1.ops.observation.BadRowPolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to do with observations that can't be used. */
final class BadRowOptions {
    @Option(
            names = "--max-bad-rows",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Most rows that may be left out, as a share of all; past it the command stops. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double mostShare;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Where to write up to 100 bad rows of each reason, as JSON Lines.")
    private @Nullable Path rejects;

    BadRowPolicy policy() {
        return new BadRowPolicy(mostShare, Optional.ofNullable(rejects));
    }

    void print(final PrintWriter out, final Map<String, Long> rowsByReason) {
        rowsByReason.forEach((reason, rows) -> out.println("left out " + rows + " rows: " + reason));
        if (rejects != null && !rowsByReason.isEmpty()) {
            out.println("a sample of them is in " + rejects);
        }
    }
}
