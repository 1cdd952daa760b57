package io.t1.ops.cli;

import io.t1.codec.client.T1Client;
import io.t1.codec.wire.RollbackTarget;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Decides by the table before the active one, or by the baseline. Both are pinned in memory: it is"
                + " one reference that changes.",
        footerHeading = "%nExamples:%n",
        footer = {"  t1 rollback --socket /run/t1.sock", "  t1 rollback --socket /run/t1.sock --to baseline"})
final class RollbackCommand implements Callable<Integer> {
    /** Where to go back to. */
    enum Target {
        PREVIOUS(RollbackTarget.PREVIOUS),
        BASELINE(RollbackTarget.BASELINE);

        private final RollbackTarget wire;

        Target(final RollbackTarget wire) {
            this.wire = wire;
        }
    }

    @Mixin
    private SocketOptions sidecar;

    @Mixin
    private KeyOptions table;

    @Option(
            names = "--to",
            paramLabel = "previous|baseline",
            defaultValue = "previous",
            description = "Where to go back to (default: ${DEFAULT-VALUE}).")
    private Target target;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (T1Client client = sidecar.connect()) {
            new ChangeReport(spec.commandLine().getOut(), output)
                    .print("rolled back to", client.rollback(table.key(), target.wire));
        }
        return ExitCode.DONE;
    }
}
