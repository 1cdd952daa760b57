package io.t1.ops.cli;

import io.t1.codec.TableChange;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.ops.BadInputException;
import io.t1.ops.distil.Distiller;
import io.t1.ops.gate.NoRegret;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            "Returns once that is durable. The same content twice is one version.",
            "",
            "A table that t1 distil marked as rejected (a gain is shown, but not that nothing is lost against its teacher) is"
                    + " sent only with --allow-rejected, or to be stored with --as stage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 publish --socket /run/t1.sock router_distilled_int8.json",
            "  t1 publish --as stage router_distilled_int8.json && t1 activate 7",
            "",
            "Exit code 1: the table is rejected, and nothing was sent."
        })
final class PublishCommand implements Callable<Integer> {
    private static final double POINTS = 100;

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

    @Option(names = "--allow-rejected", description = "Send a table that t1 distil marked as rejected, too.")
    private boolean allowRejected;

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
        final Optional<String> rejection = rejection(artifact);
        if (rejection.isPresent()) {
            final boolean sent = allowRejected || role == Role.STAGE;
            spec.commandLine()
                    .getErr()
                    .println("t1 publish: " + file + ": " + rejection.get()
                            + (sent ? "" : "; nothing was sent: say --allow-rejected to publish it all the same"));
            if (!sent) {
                return ExitCode.CHECK_FAILED;
            }
        }
        try (T1Client client = sidecar.connect()) {
            final TableChange change = client.publish(artifact, role.wire);
            new ChangeReport(spec.commandLine().getOut(), output).print("published", change);
        }
        return ExitCode.DONE;
    }

    /** Why t1 distil rejected a table; of what is no table the sidecar says what is wrong. */
    private static Optional<String> rejection(final byte[] artifact) {
        final Map<String, Double> metrics;
        try {
            metrics = RouterArtifactJson.read(artifact).provenance().metrics();
        } catch (final RefusedArtifactException e) {
            return Optional.empty();
        }
        if (!metrics.containsKey(Distiller.REJECTED)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "rejected by t1 distil: not shown to lose nothing against its teacher (T1 minus teacher %+.3f pp, at least"
                        + " %+.3f, limit %+.3f)",
                POINTS * metrics.getOrDefault("no_regret", Double.NaN),
                POINTS * metrics.getOrDefault("no_regret_lcb", Double.NaN),
                -POINTS * NoRegret.MARGIN));
    }
}
