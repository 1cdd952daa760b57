package io.t1.ops.cli;

import picocli.CommandLine.Option;

/** How a command prints its result. */
public final class OutputOptions {
    @Option(names = "--json", description = "Print the result as one JSON object, last.")
    private boolean json;

    /** Whether the result is printed as JSON. */
    public boolean json() {
        return json;
    }
}
