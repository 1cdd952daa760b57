package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.sidecar.Setting;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import io.t1.sidecar.SidecarSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code t1 serve}: its options are the server's settings. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves decisions over a Unix domain socket until SIGTERM or Ctrl-C, then drains and exits 0.",
            "Each option can be set by its environment variable too; the option wins."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 serve --data /var/lib/t1 --socket /run/t1.sock",
            "  t1 serve --data /var/lib/t1 --socket /run/t1.sock --watch /etc/t1/tables --http-port 9401"
        })
final class ServeCommand implements Callable<Integer> {
    private final Map<Setting, String> given = new LinkedHashMap<>();

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    /** The command with an option for every setting of the server. */
    static CommandSpec specification() {
        final ServeCommand command = new ServeCommand();
        final CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        for (final Setting setting : SidecarSettings.ALL) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.unit())
                    .type(String.class)
                    .description(setting.help() + " (default: " + setting.defaultText() + "; " + setting.environment()
                            + ").")
                    .setter(command.new Given(setting))
                    .build());
        }
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        final SidecarContext context = new SidecarContext();
        try {
            context.environment(System.getenv());
            given.forEach((setting, text) -> setting.assign().accept(context, text));
            context.conclude();
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        untilStopped(context, sidecar -> {
            if (output.json()) {
                Json.print(spec.commandLine().getOut(), Serving.of(sidecar));
            }
        });
        return ExitCode.DONE;
    }

    /**
     * Runs a server until it is told to stop.
     *
     * @param whenListening told once it listens.
     * @throws BadInputException if it can't start so.
     */
    static void untilStopped(final SidecarContext context, final Consumer<Sidecar> whenListening)
            throws InterruptedException {
        try (Sidecar sidecar = start(context)) {
            Runtime.getRuntime().addShutdownHook(sidecar.shutdownHook());
            whenListening.accept(sidecar);
            sidecar.awaitShutdown();
        }
    }

    private static Sidecar start(final SidecarContext context) {
        try {
            return Sidecar.start(context);
        } catch (final IOException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Keeps the text given for a setting until all are known. */
    private final class Given implements ISetter {
        private final Setting setting;

        Given(final Setting setting) {
            this.setting = setting;
        }

        @Override
        public <T> @Nullable T set(final @Nullable T value) {
            if (value != null) {
                given.put(setting, value.toString());
            }
            return null;
        }
    }

    /** What {@code --json} prints once the server listens. */
    private record Serving(String socket, int httpPort, long pid, boolean ready) {
        static Serving of(final Sidecar sidecar) {
            return new Serving(
                    sidecar.address().toString(),
                    sidecar.httpPort(),
                    ProcessHandle.current().pid(),
                    sidecar.ready());
        }
    }
}
