package io.t1.ops.cli;

import io.t1.codec.client.T1Client;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code t1 stats}. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Prints a sidecar's figures once; t1 top keeps showing them.",
        footerHeading = "%nExample:%n",
        footer = "  t1 stats --socket /run/t1.sock --json")
final class StatsCommand implements Callable<Integer> {
    @Mixin
    private SocketOptions sidecar;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final String stats;
        try (T1Client client = sidecar.connect()) {
            stats = client.stats();
        }
        if (output.json()) {
            spec.commandLine().getOut().println(stats.strip());
        } else {
            StatsView.of(stats).print(spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }
}
