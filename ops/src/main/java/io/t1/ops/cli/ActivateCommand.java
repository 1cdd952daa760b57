package io.t1.ops.cli;

import io.t1.codec.client.T1Client;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 activate}. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = "Makes a stored version the one that decides.",
        footerHeading = "%nExample:%n",
        footer = "  t1 activate --socket /run/t1.sock 7")
final class ActivateCommand implements Callable<Integer> {
    @Mixin
    private SocketOptions sidecar;

    @Mixin
    private KeyOptions table;

    @Parameters(paramLabel = "VERSION", description = "As t1 tables lists it.")
    private long version;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (T1Client client = sidecar.connect()) {
            new ChangeReport(spec.commandLine().getOut(), output)
                    .print("activated", client.activate(table.key(), version));
        }
        return ExitCode.DONE;
    }
}
