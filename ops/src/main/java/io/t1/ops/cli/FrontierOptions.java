package io.t1.ops.cli;

import io.t1.ops.gate.FrontierFile;
import io.t1.router.artifact.FrontierPoint;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What CHEAP and FULL are on the node. */
final class FrontierOptions {
    @Option(
            names = "--frontier",
            paramLabel = "FILE",
            description =
                    "Configurations of CHEAP and FULL with their p95 costs, a JSON array. Default: the table's; of a"
                            + " new table one each, at the p95 of the rows.")
    private @Nullable Path frontier;

    /**
     * The configurations.
     *
     * @param otherwise when none were given.
     * @throws io.t1.ops.BadInputException if the file isn't a frontier.
     */
    List<FrontierPoint> points(final List<FrontierPoint> otherwise) {
        return frontier == null ? otherwise : FrontierFile.read(frontier);
    }
}
