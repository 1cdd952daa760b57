package io.t1.ops.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/** Runs what commands commonly do, once, so that the build can record which classes a start needs. */
final class AotTraining {
    private AotTraining() {}

    /** Walks the kind of start named by the first argument: {@code cli} or {@code vector}. */
    public static void main(final String[] args) {
        final CommandLine line = T1.commandLine();
        line.setOut(new PrintWriter(Writer.nullWriter()));
        line.execute("--help");
        for (final String command : line.getSubcommands().keySet()) {
            line.execute(command, "--help");
        }
    }
}
