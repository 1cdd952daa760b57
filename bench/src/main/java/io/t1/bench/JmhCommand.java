package io.t1.bench;

import io.t1.ops.cli.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code t1 bench jmh}: JMH's own command line over this module's benchmarks. */
@Command(
        name = "jmh",
        description = {
            "Runs this module's JMH benchmarks; all words are JMH's (-h lists its options, -l the benchmarks).",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  t1 bench jmh OneDecision -p features=8 -p outputs=5 -prof gc -f 1"})
final class JmhCommand implements Callable<Integer> {
    @Unmatched
    private final List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        org.openjdk.jmh.Main.main(words.toArray(new String[0]));
        return ExitCode.DONE;
    }
}
