package io.t1.ops.cli;

import io.t1.sidecar.SidecarContext;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the launcher runs: the command line, or the shortest way to what it need not be built for.
 *
 * <p>{@code serve} with nothing but settings starts without the command line's model, since building that for all
 * commands takes longer than the server itself. Whatever is wrong with the words is left to the command line to say.
 */
public final class Launch {
    private static final String RECORD = "record-start";

    private Launch() {}

    /** Runs one command and exits with its code. */
    public static void main(final String[] args) throws Exception {
        if (args.length == 2 && args[0].equals(RECORD)) {
            AotTraining.main(args);
            return;
        }
        final Map<String, String> environment = System.getenv();
        final SidecarContext context = ServeWords.settings(args, environment);
        if (context == null) {
            T1.main(args);
        } else {
            System.exit(serve(context));
        }
    }

    private static int serve(final SidecarContext context) {
        try {
            ServeCommand.untilStopped(context, sidecar -> {});
            return ExitCode.DONE;
        } catch (final Exception e) {
            return FailureReport.report("t1 serve", e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        }
    }
}
