package io.t1.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportPageTest {
    private static final Machine MACHINE = new Machine("A Processor", List.of("avx2"), 2, 8, "Linux", "a JDK");

    @TempDir
    Path folder;

    @Test
    void whatPeopleWroteAroundTheMarkersStaysWhenItIsWrittenAnew() throws IOException {
        final Path page = folder.resolve("README.md");
        Files.writeString(
                page,
                "# Ours\n\nby hand\n\n" + ReportPage.BEGIN + "\nold figures\n" + ReportPage.END + "\n\nand why\n");
        ReportPage.write(page, MACHINE, List.of(row(5)), List.of());
        ReportPage.write(page, MACHINE, List.of(row(7)), List.of());
        final String written = Files.readString(page);
        assertTrue(written.startsWith("# Ours\n\nby hand\n\n"), written);
        assertTrue(written.endsWith(ReportPage.END + "\n\nand why\n"), written);
        assertTrue(written.contains("| `a-row` | 7 us | 10 it | 0.700 | <= 1 x | yes |"), written);
        assertFalse(written.contains("old figures"), written);
        assertFalse(written.contains("| 5 us |"), written);
    }

    @Test
    void aPageWithoutItsMarkersIsRefusedRatherThanOverwritten() throws IOException {
        final Path page = folder.resolve("README.md");
        Files.writeString(page, "by hand\n");
        assertThrows(IllegalArgumentException.class, () -> ReportPage.write(page, MACHINE, List.of(), List.of()));
        assertEquals("by hand\n", Files.readString(page));
    }

    @ParameterizedTest
    @EnumSource
    void aPlotIsWellFormedAndKeepsEveryPointInsideItsFrame(final Plot.Scale scale) throws Exception {
        final Plot plot = new Plot(
                "a-plot",
                "Less < more & more",
                new Plot.Axis("x", scale),
                new Plot.Axis("us", Plot.Scale.LOG),
                List.of(
                        new Series("one", List.of(new Series.Point(1, 3), new Series.Point(1_000, 70_000))),
                        new Series("two", List.of(new Series.Point(10, 4), new Series.Point(900, 60_000)))));
        final var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Svg.of(plot).getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "Less < more & more",
                document.getElementsByTagName("title").item(0).getTextContent());
        final var paths = document.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            final String d = paths.item(i).getAttributes().getNamedItem("d").getTextContent();
            for (final String point : d.replaceAll("l.*", "").split("[ML]", -1)) {
                if (!point.isBlank()) {
                    final String[] xy = point.strip().split(" ", -1);
                    assertTrue(Double.parseDouble(xy[0]) >= 0 && Double.parseDouble(xy[0]) <= 760, d);
                    assertTrue(Double.parseDouble(xy[1]) >= 40 && Double.parseDouble(xy[1]) <= 365, d);
                }
            }
        }
    }

    @Test
    void ticksAreRoundNumbersThatSpanTheValues() {
        assertEquals(
                List.of(0.0, 50.0, 100.0, 150.0, 200.0),
                Ticks.spanning(Plot.Scale.LINEAR, 3, 190).at());
        assertEquals(
                List.of(1.0, 2.0, 4.0, 8.0, 16.0),
                Ticks.spanning(Plot.Scale.LOG, 1, 16).at());
        assertEquals(
                List.of(1.0, 10.0, 100.0, 1_000.0),
                Ticks.spanning(Plot.Scale.LOG, 3, 400).at());
        final Ticks percentiles = Ticks.spanning(Plot.Scale.PERCENTILE, 1, 10_000);
        assertEquals(
                List.of("0 %", "90 %", "99 %", "99.9 %", "99.99 %"),
                percentiles.at().stream().map(percentiles::label).toList());
    }

    private static BenchResult row(final double value) {
        return BenchResult.against("a-row", "us", Figure.of(value), "it", Figure.of(10), new Reach.AtMostTimes(1));
    }
}
