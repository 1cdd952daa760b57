package io.t1.ops.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which columns of observations are features. */
final class FeatureOptions {
    @Option(
            names = "--features",
            split = ",",
            paramLabel = "NAME[:categorical]",
            description = "Columns to learn from, in this order; with :categorical one of text, such as"
                    + " language:categorical. Default: every column with a known feature's name.")
    private List<String> names = List.of();

    /** As they were given; empty: every known one. */
    List<String> names() {
        return names;
    }
}
