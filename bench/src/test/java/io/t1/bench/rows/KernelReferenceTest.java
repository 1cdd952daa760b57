package io.t1.bench.rows;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.t1.bench.micro.KernelBenchmark;
import io.t1.bench.suite.Cores;
import io.t1.bench.suite.NativePrograms;
import io.t1.bench.suite.Programs;
import io.t1.router.KernelKind;
import io.t1.router.RouterTable;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The C kernel reads the image of now and computes what ours do: a reference that fell behind once went unnoticed. */
class KernelReferenceTest {
    private static final Path HOME = Path.of(System.getProperty("t1.project.root"));

    @ParameterizedTest
    @CsvSource({"1, 4", "5, 5", "8, 4", "8, 5", "16, 5"})
    void computesTheAccumulatorsOfTheSpecification(final int features, final int outputs, @TempDir final Path folder)
            throws Exception {
        assumeTrue(Programs.isThere("cc"), "no C compiler here: the reference of the batch kernel isn't tried");
        try (RouterTable table = RouterTable.of(KernelBenchmark.artifact(features, outputs, 0))) {
            final KernelReference reference = KernelReference.of(NativePrograms.ofHome(HOME), folder, table, 128);
            assertTrue(reference.nsPerDecision(new Cores(-1, -1), 1) > 0);
            reference.requireEqual(KernelKind.SCALAR.bind(table));
        }
    }
}
