package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.CategoryValue;
import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.gate.TableOutputs;
import io.t1.router.artifact.MonotoneCertificate;
import io.t1.router.artifact.RouterArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class MonotoneRouterDistillerTest {
    private static final RouterDistillationConfig CONFIG =
            RouterDistillationConfig.of("entropy", "query_length", "nl_confidence");

    @TempDir
    private Path folder;

    /** Rows and their targets. */
    private record Rows(float[][] x, double[] tau, double[] spend, double[] gain) {
        /** Of a known additive law that keeps every direction. */
        static Rows additive(final int n, final long seed) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Rows rows = new Rows(new float[n][3], new double[n], new double[n], new double[n]);
            for (int q = 0; q < n; q++) {
                final double entropy = 2.3 * random.nextDouble();
                final int length = 1 + random.nextInt(20);
                final double natural = random.nextDouble();
                rows.x[q] = new float[] {(float) entropy, length, (float) natural};
                rows.tau[q] = 0.2 + 0.3 * Math.tanh(entropy) + 0.02 * length;
                rows.spend[q] = 3 * Math.sqrt(entropy) + (length > 8 ? 2 : 0);
                rows.gain[q] = 0.05 * (1 - natural * natural);
            }
            return rows;
        }

        /** Of no law at all, and some values missing. */
        static Rows random(final int n, final long seed) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Rows rows = additive(n, seed);
            for (int q = 0; q < n; q++) {
                rows.x[q][random.nextInt(3)] = random.nextInt(4) == 0 ? Float.NaN : random.nextInt(30);
                rows.tau[q] = random.nextDouble();
                rows.spend[q] = 1e3 * random.nextDouble();
                rows.gain[q] = random.nextDouble();
            }
            return rows;
        }

        MonotoneRouterDistiller fit() {
            return new MonotoneRouterDistiller(CONFIG).fit(x, tau, spend, gain, null);
        }
    }

    @Test
    void followsAnAdditiveLawOnRowsThatItHasNotSeen() {
        final MonotoneRouterDistiller distiller = Rows.additive(4_000, 1).fit();
        distiller.metrics().forEach((name, r2) -> assertTrue(r2 > 0.99, name + "=" + r2));
        assertEquals(3, distiller.metrics().size());
        final Rows unseen = Rows.additive(2_000, 2);
        final TableOutputs said = TableOutputs.of(distiller.table(), CONFIG.featureNames(), unseen.x);
        double worst = 0;
        for (int q = 0; q < said.size(); q++) {
            worst = Math.max(worst, Math.abs(said.tau()[q] - unseen.tau[q]));
            assertEquals(0.5f, said.score()[q]);
        }
        assertTrue(worst < 0.03, "tau is off by " + worst);
    }

    @Test
    void keepsEveryDirectionOnRandomRows() {
        for (long seed = 0; seed < 40; seed++) {
            final RouterArtifact table =
                    Rows.random(60 + (int) seed, seed).fit().table();
            final MonotoneCertificate certificate = MonotoneCertificate.of(table);
            assertTrue(certificate.holds(), "seed=" + seed + certificate.violations());
            assertEquals(80, certificate.cellsChecked(), "seed=" + seed);
        }
    }

    @Test
    void whatIsExportedIsReadAgainWithItsHistoryAndItsGateClosed() {
        final Path file = folder.resolve("router_distilled_int8.json");
        final MonotoneRouterDistiller distiller = new MonotoneRouterDistiller(
                CONFIG.withKey(new TableKey("docs", "eu", "en")).withSeed(9));
        final Rows rows = Rows.additive(500, 3);
        distiller.fit(rows.x, rows.tau, rows.spend, rows.gain, null).exportProductionConfig(file);
        final RouterArtifact read = ArtifactFile.read(file);
        assertEquals("docs/eu/en", read.key().toString());
        assertEquals(64, read.golden().size());
        assertEquals(500, read.provenance().trainRows());
        assertEquals(9, read.provenance().seed());
        assertEquals(64, read.provenance().inputs().getFirst().sha256().length());
        assertEquals(distiller.metrics(), read.provenance().metrics());
        assertEquals(5, read.monotone().size());
        assertTrue(read.gate().thetaStar() > 2, "above every claim");
        final double mean = Arrays.stream(rows.tau).average().orElse(0);
        assertEquals(mean, read.gate().tauMean(), 0.01);
    }

    @Test
    void theSameRowsGiveTheSameBytesAndOthersDoNot() throws Exception {
        final byte[] first = exported(Rows.additive(300, 4).fit());
        assertArrayEquals(first, exported(Rows.additive(300, 4).fit()));
        assertFalse(Arrays.equals(first, exported(Rows.additive(300, 5).fit())));
    }

    @Test
    void weighsRowsAsTold() {
        final Rows rows = Rows.additive(400, 6);
        final double[] weights = new double[400];
        for (int q = 0; q < 400; q++) {
            rows.tau[q] = q % 2 == 0 ? 0.2 : 0.8;
            weights[q] = q % 2 == 0 ? 0 : 2;
        }
        final RouterArtifact table = new MonotoneRouterDistiller(CONFIG)
                .fit(rows.x, rows.tau, rows.spend, rows.gain, weights)
                .table();
        assertEquals(0.8, table.gate().tauMean(), 1e-3);
    }

    @Test
    void refusesWhatCannotBeLearntFromAndKeepsTheTableItHad() {
        final Rows good = Rows.additive(60, 7);
        final MonotoneRouterDistiller distiller = good.fit();
        final RouterArtifact before = distiller.table();
        refused(distiller, "yTau length=59 != rows of x=60", good.x, Arrays.copyOf(good.tau, 59), good.spend, null);
        refused(distiller, "yTau[3]=NaN not in 0..1", good.x, with(good.tau, 3, Double.NaN), good.spend, null);
        refused(distiller, "yTau[3]=1.5 not in 0..1", good.x, with(good.tau, 3, 1.5), good.spend, null);
        refused(distiller, "ySpend[0]=-1.0 not in 0..", good.x, good.tau, with(good.spend, 0, -1), null);
        refused(
                distiller,
                "ySpend[0]=Infinity not in 0..",
                good.x,
                good.tau,
                with(good.spend, 0, Double.POSITIVE_INFINITY),
                null);
        refused(distiller, "weights length=1 != rows", good.x, good.tau, good.spend, new double[1]);
        refused(distiller, "weights[5]=-1.0", good.x, good.tau, good.spend, with(good.tau, 5, -1));
        refused(distiller, "rows of weight above 0=0 < 50", good.x, good.tau, good.spend, new double[60]);
        final float[][] narrow = good.x.clone();
        narrow[2] = new float[2];
        refused(distiller, "x[2] length=2 != features=3", narrow, good.tau, good.spend, null);
        final float[][] infinite = good.x.clone();
        infinite[2] = new float[] {1, Float.NEGATIVE_INFINITY, 0};
        refused(distiller, "x[2] query_length=-Infinity is beyond", infinite, good.tau, good.spend, null);
        refused(distiller, "no feature varies over 60 rows", new float[60][3], good.tau, good.spend, null);
        final double[] same = new double[60];
        tells("neither yTau, ySpend nor yGain varies", () -> distiller.fit(good.x, same, same, same, null));
        final Rows few = Rows.additive(49, 8);
        refused(distiller, "rows of weight above 0=49 < 50", few.x, few.tau, few.spend, null);
        assertEquals(before, distiller.table());
    }

    @Test
    void refusesBadNamesPlacesAndCallsBeforeAFit() {
        tells("features=0 not in 1..16", RouterDistillationConfig::of);
        tells("feature \"Entropy\" isn't", () -> RouterDistillationConfig.of("Entropy"));
        tells("name one column twice", () -> RouterDistillationConfig.of("entropy", "entropy"));
        final MonotoneRouterDistiller distiller = new MonotoneRouterDistiller(CONFIG);
        assertThrows(IllegalStateException.class, distiller::table);
        final MonotoneRouterDistiller fitted = Rows.additive(60, 9).fit();
        final Path nowhere = folder.resolve("no/such/table.json");
        assertThrows(BadInputException.class, () -> fitted.exportProductionConfig(nowhere));
    }

    private static void refused(
            final MonotoneRouterDistiller distiller,
            final String reason,
            final float[][] x,
            final double[] tau,
            final double[] spend,
            final double @Nullable [] weights) {
        tells(reason, () -> distiller.fit(x, tau, spend, new double[x.length], weights));
    }

    private static void tells(final String reason, final Executable call) {
        final String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call, reason).getMessage());
        assertTrue(message.contains(reason), message);
    }

    private static double[] with(final double[] values, final int at, final double value) {
        final double[] changed = values.clone();
        changed[at] = value;
        return changed;
    }

    private byte[] exported(final MonotoneRouterDistiller distiller) throws Exception {
        final Path file = folder.resolve("table.json");
        distiller.exportProductionConfig(file);
        return Files.readAllBytes(file);
    }

    @Test
    void givesEachCategoryItsOwnTargetAndAllOthersTheirs() {
        final var config =
                RouterDistillationConfig.of("client", "nqc").withCategories("client", List.of("phone", "web"));
        final float[][] x = new float[300][];
        final double[] tau = new double[x.length];
        final String[] clients = {"phone", "web", "bot", "script"};
        for (int q = 0; q < x.length; q++) {
            x[q] = new float[] {CategoryValue.of(clients[q % 4]), q % 7};
            tau[q] = List.of(0.9, 0.2, 0.5, 0.5).get(q % 4);
        }
        final RouterArtifact table =
                new MonotoneRouterDistiller(config).fit(x, tau, tau, tau, null).table();
        assertEquals(2, table.features().getFirst().categories().size());
        final float[] said = TableOutputs.of(table, List.of("client", "nqc"), new float[][] {
                    {CategoryValue.of("phone"), 3}, {CategoryValue.of("web"), 3}, {Float.NaN, 3}
                })
                .tau();
        assertEquals(0.9, said[0], 0.02);
        assertEquals(0.2, said[1], 0.02);
        assertEquals(0.5, said[2], 0.02);
        assertThrows(
                IllegalArgumentException.class,
                () -> RouterDistillationConfig.of("entropy").withCategories("entropy", List.of("low")));
    }
}
