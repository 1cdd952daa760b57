package io.t1.ops.cli;

import io.t1.codec.TableChange;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.ops.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 publish}. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a table to a sidecar, which checks it, stores it and decides by it from then on.",
            "Returns once that is durable. The same content twice is one version."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 publish --socket /run/t1.sock router_distilled_int8.json",
            "  t1 publish --as stage router_distilled_int8.json && t1 activate 7"
        })
final class PublishCommand implements Callable<Integer> {
    /** What a published table is for. */
    enum Role {
        ACTIVATE(PublishRole.ACTIVATE),
        STAGE(PublishRole.STAGE),
        BASELINE(PublishRole.BASELINE);

        private final PublishRole wire;

        Role(final PublishRole wire) {
            this.wire = wire;
        }
    }

    @Mixin
    private SocketOptions sidecar;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "activate",
            description = "activate: decide by it; stage: store it only; baseline: what rollback falls back to"
                    + " (default: ${DEFAULT-VALUE}).")
    private Role role;

    @Parameters(paramLabel = "FILE", description = "A router_distilled_int8.json; the traffic's key is inside.")
    private Path file;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final byte[] artifact;
        try {
            artifact = Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new BadInputException(file + " can't be read (" + e + "): give a table that t1 gate wrote", e);
        }
        try (T1Client client = sidecar.connect()) {
            final TableChange change = client.publish(artifact, role.wire);
            new ChangeReport(spec.commandLine().getOut(), output).print("published", change);
        }
        return ExitCode.DONE;
    }
}
