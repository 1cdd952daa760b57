package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.gate.GateSearch;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the traffic a table spends on learning what arms give. */
final class ExploreOptions {
    @Option(
            names = "--explore",
            paramLabel = "SHARE",
            description =
                    "Share of queries, 0 to 1, for which the sidecar draws the arm, each arm alike, so that its journal"
                            + " can be learnt from. Default: the table's; of a new table none.")
    private @Nullable Double share;

    /**
     * Before anything long begins.
     *
     * @throws BadInputException if the share isn't one.
     */
    void requireShare() {
        if (share != null && !(share >= 0 && share <= 1)) {
            throw new BadInputException("--explore " + share + " not in 0..1");
        }
    }

    /** The same table, exploring as asked. */
    RouterArtifact on(final RouterArtifact table) {
        if (share == null) {
            return table;
        }
        final float[] epsilon = new float[Arm.COUNT];
        // rounded down: the chances may not sum to more than 1
        Arrays.fill(epsilon, Math.max(0, Math.nextDown((float) (share / Arm.COUNT))));
        final GateSpec gate = table.gate();
        return GateSearch.withGate(
                table, new GateSpec(gate.thetaStar(), gate.delta(), gate.tauMean(), epsilon), table.frontier());
    }
}
