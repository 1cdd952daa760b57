package io.t1.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code t1 demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "The whole path on real input.")
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return ExitCode.DONE;
    }
}
