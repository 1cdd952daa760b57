package io.t1.ops.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of the command line in this process, as a user would see it.
 *
 * @param exitCode what the process would exit with.
 * @param out standard output.
 * @param err standard error.
 */
record CapturedRun(int exitCode, String out, String err) {
    static CapturedRun of(final String... words) {
        final CommandLine line = T1.commandLine();
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        final int exitCode = line.execute(words);
        return new CapturedRun(exitCode, out.toString(), err.toString());
    }
}
