package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path folder;

    static Stream<String> commands() {
        return leaves(T1.commandLine(), "");
    }

    /** Commands that do something, not those that only gather others: {@code decide}, {@code observations schema}. */
    private static Stream<String> leaves(final CommandLine line, final String prefix) {
        return line.getSubcommands().entrySet().stream()
                .flatMap(entry -> entry.getValue().getSubcommands().isEmpty()
                        ? Stream.of(prefix + entry.getKey())
                        : leaves(entry.getValue(), prefix + entry.getKey() + " "));
    }

    private static String[] words(final String command, final String more) {
        return (command + " " + more).split(" ", -1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theHelpOfEachCommandShowsAnExampleAndOffersJson(final String command) {
        final CapturedRun run = CapturedRun.of(words(command, "--help"));
        assertEquals(ExitCode.DONE, run.exitCode(), run.toString());
        assertTrue(run.out().contains("Example"), command + " shows no example:\n" + run.out());
        final String examples = run.out().substring(run.out().indexOf("Example"));
        assertTrue(examples.contains("t1 " + command), command + "'s example doesn't call it:\n" + run.out());
        assertTrue(run.out().contains("--json"), command + " has no --json:\n" + run.out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anUnknownOptionIsBadUsageAndShowsTheRightOne(final String command) {
        final CapturedRun run = CapturedRun.of(words(command, "--no-such-option"));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains("Usage: t1 " + command), run.err());
    }

    @Test
    void noSidecarAtTheSocketIsExitCodeThreeAndSaysWhatToDo() {
        final String nobody = folder.resolve("nobody.sock").toString();
        for (final String[] words : new String[][] {
            {"tables", "--socket", nobody},
            {"stats", "--socket", nobody},
            {"rollback", "--socket", nobody},
            {"activate", "--socket", nobody, "1"},
            {"decide", "--socket", nobody, "--features", "entropy=1"},
            {"observations", "profile", "none.csv", "--socket", nobody},
        }) {
            final CapturedRun run = CapturedRun.of(words);
            assertEquals(ExitCode.UNREACHABLE, run.exitCode(), run.toString());
            assertTrue(run.err().contains(nobody), "doesn't name the socket: " + run.err());
        }
    }

    @Test
    void aFeatureThatIsNoNumberIsBadInputAndNamed() {
        final CapturedRun run =
                CapturedRun.of("decide", "--socket", folder.resolve("s").toString(), "--features", "entropy=high");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains("entropy=high"), run.err());
    }

    @Test
    void aTableThatCantBeReadIsBadInputAndNamed() {
        final Path missing = folder.resolve("missing.json");
        final CapturedRun run =
                CapturedRun.of("publish", "--socket", folder.resolve("s").toString(), missing.toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains(missing.toString()), run.err());
    }

    @Test
    void theDemoRefusesABudgetAndACorpusThatMakeNoSense() {
        assertEquals(
                ExitCode.BAD_INPUT,
                CapturedRun.of("demo", "--budget-mean", "1.5").exitCode());
        final Path empty = folder.resolve("empty");
        final CapturedRun run = CapturedRun.of("demo", "--corpus", empty.toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains(empty.toString()), run.err());
        assertFalse(Files.exists(empty));
    }

    @Test
    void configPrintsEverySettingOfTheServerWithItsVariable() throws Exception {
        final CapturedRun run = CapturedRun.of("config", "--json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.toString());
        final JsonNode settings =
                JsonMapper.builder().build().readTree(run.out()).path("server");
        assertTrue(settings.size() > 10, "settings=" + settings.size());
        for (final JsonNode setting : settings) {
            assertTrue(setting.path("flag").asText().startsWith("--"), setting.toString());
            assertTrue(setting.path("environment").asText().startsWith("T1_"), setting.toString());
            assertFalse(setting.path("unit").asText().isEmpty(), setting.toString());
        }
    }

    @Test
    void aSettingOfTheServerOutOfItsRangeIsBadInput() {
        final CapturedRun run =
                CapturedRun.of("serve", "--data", folder.toString(), "--event-loops", "0", "--http-port", "off");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains("--event-loops"), run.err());
    }
}
