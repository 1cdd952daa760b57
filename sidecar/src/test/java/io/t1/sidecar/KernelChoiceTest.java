package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.codec.wire.ErrorCode;
import io.t1.gating.ReaderEpochs;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelCalibration;
import io.t1.router.KernelKind;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.sidecar.store.Roles;
import io.t1.sidecar.store.ServingImage;
import io.t1.sidecar.store.ServingImages;
import io.t1.sidecar.store.StoredArtifact;
import io.t1.sidecar.store.TableSummary;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.LiveTables;
import io.t1.sidecar.tables.ServedTable;
import io.t1.sidecar.tables.ServedTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelChoiceTest {
    private static final long VERSION = 7;
    private static final long SOON_MS = 1;
    private static final int LOOKS = 30;

    @TempDir
    Path directory;

    private final ServedTables served = new ServedTables();
    private final ReaderEpochs.Reader reader = served.epochs().newReader();
    private final ControlThread control = new ControlThread(served.epochs(), 8, 30_000);
    private final Queue<KernelKind> chosen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger measured = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private boolean compiles = true;
    private LiveTables live;

    @BeforeEach
    void serveATableByLookup() throws IOException {
        final RouterArtifact table = RandomTables.table(1);
        final byte[] json = RouterArtifactJson.write(table);
        final String sha256 = HexFormat.of().formatHex(RouterArtifactJson.sha256(table));
        final var images = new ServingImages(directory);
        images.write(new ServingImage(
                TableKey.DEFAULT,
                new Roles(1, VERSION, Roles.BUILT_IN, Roles.BUILT_IN, VERSION),
                List.of(new StoredArtifact(TableSummary.of(table, VERSION, 0, sha256, 1), json))));
        live = new LiveTables(served, images, KernelKind.LOOKUP, List.of(KernelKind.LOOKUP));
        live.serveImages();
        control.start(() -> {});
    }

    @AfterEach
    void close() {
        control.close();
        served.dropAll();
    }

    @Test
    void switchesOnceTrafficIsDenseAndKeepsTheVersion() {
        try (KernelChoice choice =
                choice(KernelKind.VECTOR, Traffic.Pace.SPARSE, Traffic.Pace.SPARSE, Traffic.Pace.DENSE)) {
            assertEquals("lookup", kernel());
            choice.start();
            Tests.await("a switch", () -> !chosen.isEmpty());
            assertEquals(List.of(KernelKind.VECTOR), List.copyOf(chosen));
            assertEquals("vector", kernel());
            Tests.await("further looks", () -> looks.get() > 2 * LOOKS);
            assertEquals(1, measured.get());
            assertEquals(0, givenBack.get());
        }
    }

    @Test
    void leavesAServerThatIsAskedNowAndThenAlone() {
        try (KernelChoice choice = choice(KernelKind.VECTOR, Traffic.Pace.SPARSE)) {
            choice.start();
            Tests.await("many looks", () -> looks.get() > LOOKS);
        }
        assertEquals(0, measured.get());
        assertEquals(0, givenBack.get());
        assertTrue(chosen.isEmpty(), chosen.toString());
        assertEquals("lookup", kernel());
    }

    @Test
    void givesBackWhatTheStartLeftWhenNobodyAsksUntilNothingIsLeft() {
        try (KernelChoice choice = choice(KernelKind.VECTOR, Traffic.Pace.SPARSE, Traffic.Pace.QUIET)) {
            choice.start();
            Tests.await("many looks", () -> looks.get() > LOOKS);
        }
        assertEquals(2, givenBack.get());
        assertEquals(0, measured.get());
    }

    @Test
    void staysWithLookupWhereThatIsFastest() {
        try (KernelChoice choice = choice(KernelKind.LOOKUP, Traffic.Pace.DENSE)) {
            choice.start();
            Tests.await("a measurement", () -> measured.get() == 1);
        }
        final var refused = control.submit(() -> new ControlReply.Refused(ErrorCode.INTERNAL, "after it"));
        assertNotNull(refused.join());
        assertTrue(chosen.isEmpty(), chosen.toString());
        assertEquals("lookup", kernel());
    }

    @Test
    void staysWithLookupWhereVectorsWereNotCompiledInTime() {
        compiles = false;
        try (KernelChoice choice = choice(KernelKind.VECTOR, Traffic.Pace.DENSE)) {
            choice.start();
            Tests.await("many looks after a measurement", () -> measured.get() == 1 && looks.get() > LOOKS);
        }
        final var refused = control.submit(() -> new ControlReply.Refused(ErrorCode.INTERNAL, "after it"));
        assertNotNull(refused.join());
        assertTrue(chosen.isEmpty(), chosen.toString());
        assertEquals("lookup", kernel());
    }

    @Test
    void promisedVectorsComputeOnceTheyAreRehearsedAndNotBefore() {
        final var rehearsed = new CountDownLatch(1);
        try (PromisedVectors promised = new PromisedVectors(new KernelSwitch(live, control, chosen::add), () -> {
            try {
                return rehearsed.await(30, TimeUnit.SECONDS);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })) {
            promised.start();
            assertEquals("lookup", kernel());
            rehearsed.countDown();
            Tests.await("vectors", () -> !chosen.isEmpty());
            assertEquals(List.of(KernelKind.VECTOR), List.copyOf(chosen));
            assertEquals("vector", kernel());
        }
    }

    @Test
    void promisedVectorsComputeEvenIfTheyWereNotCompiledInTime() {
        try (PromisedVectors promised =
                new PromisedVectors(new KernelSwitch(live, control, chosen::add), () -> false)) {
            promised.start();
            Tests.await("vectors", () -> !chosen.isEmpty());
            assertEquals("vector", kernel());
        }
    }

    @Test
    void whatComputesFirstIsCompiledAlready() {
        assertEquals(KernelKind.LOOKUP, KernelChoice.first(null));
        assertEquals(KernelKind.LOOKUP, KernelChoice.first(KernelKind.VECTOR));
        assertEquals(KernelKind.SCALAR, KernelChoice.first(KernelKind.SCALAR));
    }

    /** @param paces one a look, the last one for ever. */
    private KernelChoice choice(final KernelKind fastest, final Traffic.Pace... paces) {
        return new KernelChoice(
                new KernelSwitch(live, control, chosen::add),
                new KernelChoice.Machine(
                        SOON_MS,
                        SOON_MS,
                        () -> paces[Math.min(looks.getAndIncrement(), paces.length - 1)],
                        () -> {
                            measured.incrementAndGet();
                            return new KernelCalibration(fastest, Map.of());
                        },
                        () -> compiles,
                        () -> givenBack.incrementAndGet() == 2));
    }

    private String kernel() {
        final ServedTable table = served.get(TableKey.DEFAULT);
        assertNotNull(table);
        reader.enter();
        try {
            final TableSnapshot snapshot = table.slot().get(reader);
            assertNotNull(snapshot);
            assertEquals(VERSION, snapshot.version());
            return snapshot.kernel().name();
        } finally {
            reader.leave();
        }
    }
}
