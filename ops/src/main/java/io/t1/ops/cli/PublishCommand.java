package io.t1.ops.cli;

import io.t1.codec.TableChange;
import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.T1ServerException;
import io.t1.codec.wire.PublishRole;
import io.t1.ops.BadInputException;
import io.t1.ops.distil.Distiller;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.gate.NoRegret;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
            "Several tables, such as those of t1 distil --split, are all checked and stored before the first of them"
                    + " decides: one that is refused leaves everything as it was.",
            "",
            "A table that t1 distil marked as rejected (a gain is shown, but not that nothing is lost against its teacher) is"
                    + " sent only with --allow-rejected, or to be stored with --as stage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 publish --socket /run/t1.sock router_distilled_int8.json",
            "  t1 publish --socket /run/t1.sock router_distilled_int8.json router_distilled_int8.*.json",
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

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files such as router_distilled_int8.json; the traffic's key is inside.")
    private List<Path> files;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Map<Path, byte[]> artifacts = new LinkedHashMap<>();
        files.forEach(file -> artifacts.put(file, read(file)));
        if (!mayBeSent(artifacts)) {
            return ExitCode.CHECK_FAILED;
        }
        try (T1Client client = sidecar.connect()) {
            if (artifacts.size() == 1) {
                final byte[] artifact = artifacts.values().iterator().next();
                new ChangeReport(spec.commandLine().getOut(), output)
                        .print("published", client.publish(artifact, role.wire));
            } else {
                print(publishAll(client, artifacts));
            }
        }
        return ExitCode.DONE;
    }

    /** Says of each table that t1 distil rejected why. */
    private boolean mayBeSent(final Map<Path, byte[]> artifacts) {
        boolean sent = true;
        for (final Map.Entry<Path, byte[]> artifact : artifacts.entrySet()) {
            final Optional<String> rejection = rejection(artifact.getValue());
            if (rejection.isPresent()) {
                final boolean allowed = allowRejected || role == Role.STAGE;
                spec.commandLine()
                        .getErr()
                        .println("t1 publish: " + artifact.getKey() + ": " + rejection.get()
                                + (allowed
                                        ? ""
                                        : "; nothing was sent: say --allow-rejected to publish it all the same"));
                sent &= allowed;
            }
        }
        return sent;
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

    /** Stored first, all of them; then each is switched to, which needs no more than that it is stored. */
    private List<Published> publishAll(final T1Client client, final Map<Path, byte[]> artifacts) {
        final Map<Path, TableKey> keys = new LinkedHashMap<>();
        artifacts
                .keySet()
                .forEach(file -> keys.put(file, ArtifactFile.read(file).key()));
        if (new HashSet<>(keys.values()).size() < keys.size()) {
            throw new BadInputException("two of these tables decide for the same traffic: " + keys);
        }
        final Map<Path, TableChange> changes = new LinkedHashMap<>();
        final PublishRole first = role == Role.ACTIVATE ? PublishRole.STAGE : role.wire;
        for (final Map.Entry<Path, byte[]> artifact : artifacts.entrySet()) {
            try {
                changes.put(artifact.getKey(), client.publish(artifact.getValue(), first));
            } catch (final T1ServerException e) {
                throw new BadInputException(
                        artifact.getKey() + ": " + e.getMessage() + ": none of these tables decides yet", e);
            }
        }
        final List<Published> published = new ArrayList<>();
        changes.forEach((file, change) -> {
            final TableKey key = Objects.requireNonNull(keys.get(file));
            final TableChange last = role == Role.ACTIVATE ? client.activate(key, change.tableVersion()) : change;
            published.add(new Published(file.toString(), key.toString(), last));
        });
        return published;
    }

    private void print(final List<Published> published) {
        final PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            Json.print(out, new Line(published));
            return;
        }
        for (final Published table : published) {
            out.print(table.key() + ": ");
            new ChangeReport(out, output).print("published", table.change());
        }
    }

    private static byte[] read(final Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new BadInputException(file + " can't be read (" + e + "): give a table that t1 gate wrote", e);
        }
    }

    private record Published(String file, String key, TableChange change) {}

    private record Line(List<Published> tables) {}
}
