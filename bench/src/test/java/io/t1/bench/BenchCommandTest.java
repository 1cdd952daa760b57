package io.t1.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.bench.rows.Rows;
import io.t1.bench.suite.BenchRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "load --help", "--list"})
    void everyCommandExplainsItself(final String words) {
        assertEquals(0, run(words.split(" ", -1)), err::toString);
        assertTrue(out.toString().length() > 200, out::toString);
    }

    @Test
    void listNamesEveryRow() {
        assertEquals(0, run("--list"));
        for (final BenchRow row : Rows.ALL) {
            assertTrue(out.toString().contains(row.name() + " "), row.name());
        }
    }

    @Test
    void anUnknownRowIsAUsageErrorThatNamesTheRowsThereAre() {
        assertEquals(2, run("--only", "nothing"));
        assertTrue(err.toString().contains("--only=nothing isn't a row"), err::toString);
        assertTrue(err.toString().contains("uds-blocking"), err::toString);
    }

    @Test
    void aSocketThatIsNotThereIsBadInput() {
        assertEquals(2, run("load", "--socket", "/nowhere/t1.sock"));
        assertTrue(err.toString().contains("--socket=/nowhere/t1.sock doesn't exist"), err::toString);
    }

    private int run(final String... words) {
        final CommandLine line = Bench.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(words);
    }
}
