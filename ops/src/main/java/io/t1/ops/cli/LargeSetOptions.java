package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.LargeSets;
import picocli.CommandLine.Option;

/** From how many queries on some are held out. */
public final class LargeSetOptions {
    @Option(
            names = "--cross-fit",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Most queries to judge by cross-fitting; of more, some are held out instead. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int mostCrossFitted;

    /** The bounds. */
    LargeSets bounds() {
        if (mostCrossFitted < 0) {
            throw new BadInputException("--cross-fit=" + mostCrossFitted + " < 0: say how many queries");
        }
        return LargeSets.STANDARD.withMostCrossFitted(mostCrossFitted);
    }
}
