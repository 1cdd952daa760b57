package io.t1.ops.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ShapePlotsTest {
    private static DistilResult distilled;

    @TempDir
    private Path folder;

    @BeforeAll
    static void distil() {
        distilled = Distiller.distil(
                SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 600, 1), DistilSettings.standard(), Progress.NONE);
    }

    private static TableShapes shapes() {
        return new TableShapes(
                HexFormat.of().formatHex(RouterArtifactJson.sha256(distilled.artifact())), distilled.shapes());
    }

    @Test
    void everyCurveIsValidSvgWithInt8StudentAndShape() throws Exception {
        final RouterArtifact table = distilled.artifact();
        final var svgs = new ShapePlots(table, Optional.of(shapes())).svgs();
        svgs.keySet().removeIf(name -> name.contains("-and-"));
        assertEquals(table.outputs().size() * table.features().size(), svgs.size());
        for (final String svg : svgs.values()) {
            final Document document = parsed(svg);
            assertEquals(3, document.getElementsByTagName("path").getLength());
            assertTrue(document.getElementsByTagName("circle").getLength() > 1, "the teacher's dots");
            assertFalse(svg.contains("NaN"), svg);
        }
    }

    @Test
    void everyPairIsAGridInTheOutputsUnit() throws Exception {
        final RouterArtifact table = RandomTables.artifact(5, 4, 5, 2);
        final var svgs = new ShapePlots(table, Optional.empty()).svgs();
        int grids = 0;
        for (final PairSpec pair : table.pairs()) {
            for (int o = 0; o < table.outputs().size(); o++) {
                final OutputSpec output = table.outputs().get(o);
                final String svg = svgs.get(output.name().jsonName() + "-by-"
                        + table.features().get(pair.first()).name() + "-and-"
                        + table.features().get(pair.second()).name());
                if (svg == null) {
                    continue; // it adds nothing to this output
                }
                grids++;
                final NodeList cells = parsed(svg).getElementsByTagName("rect");
                assertEquals(81, cells.getLength());
                final byte[] grid = pair.grids()[o];
                final double corner = output.scale() * 1_024.0 * grid[9 * 8 + 3];
                final Element cell = (Element) cells.item(9 * 8 + 3);
                assertEquals(corner < 0 ? "below" : "above", cell.getAttribute("class"));
                assertEquals(corner, Double.parseDouble(cell.getTextContent()), 0.006 * Math.abs(corner));
                assertFalse(svg.contains("NaN"), svg);
            }
        }
        assertTrue(grids >= 2, "grids=" + grids);
    }

    private static Document parsed(final String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void theStudentBeforeRoundingIsTheTableWithinAFewSteps() {
        final RouterArtifact table = distilled.artifact();
        for (final ShapeCurve curve : distilled.shapes()) {
            if (curve.output() == OutputName.SPEND_CAP_MS) {
                continue; // scaled anew once it is rounded
            }
            final OutputSpec output = table.outputs().get(curve.output().ordinal());
            final byte[] knots = output.values()[table.featureIndex(curve.feature())];
            double level = 0;
            for (int i = 0; i < knots.length; i++) {
                level += (curve.student().get(i) - output.scale() * 1_024.0 * knots[i]) / knots.length;
            }
            for (int i = 0; i < knots.length; i++) {
                final double apart = curve.student().get(i) - output.scale() * 1_024.0 * knots[i] - level;
                assertEquals(0, apart / (output.scale() * 1_024.0), 4, curve.output() + " by " + curve.feature());
            }
        }
    }

    @Test
    void theTeachersDotsLieAboutTheShape() {
        for (final ShapeCurve curve : distilled.shapes()) {
            final double mean = curve.teacher().stream()
                    .mapToDouble(ShapeCurve.Point::y)
                    .average()
                    .orElseThrow();
            final double ofItsUnit = curve.output() == OutputName.SPEND_CAP_MS ? 0.1 : 0.02; // ms; else 0 to 1
            assertEquals(0, mean, ofItsUnit, curve.output() + " by " + curve.feature());
        }
    }

    @Test
    void curvesAreReadAsTheyWereWritten() {
        final Path file = folder.resolve("shapes.json");
        ShapesFile.write(file, shapes());
        assertEquals(shapes(), ShapesFile.read(file));
    }

    @Test
    void curvesOfAnotherTableAndOtherFilesAreRefused() throws IOException {
        final RouterArtifact other = RandomTables.artifact(1, 4, 5, 0);
        assertThrows(BadInputException.class, () -> new ShapePlots(other, Optional.of(shapes())));
        for (final String content : List.of("", "{}", "[1]", "null", "{\"table_sha256\":1}", "nonsense")) {
            final Path file = Files.writeString(folder.resolve("bad.json"), content);
            assertThrows(BadInputException.class, () -> ShapesFile.read(file), content);
        }
        assertThrows(BadInputException.class, () -> ShapesFile.read(folder.resolve("absent.json")));
    }

    @Test
    void aTableAloneIsDrawnTooAndItsNamesAreNoMarkup() {
        final String page = new ShapePlots(RandomTables.artifact(1, 4, 5, 2), Optional.empty()).page();
        assertTrue(page.contains("what a pair of features adds besides"), page);
        assertFalse(page.contains("NaN"), page);
    }
}
