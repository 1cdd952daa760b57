package io.t1.gating;

import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides made-up queries until the JVM has compiled how: one by one and in batches, of float rows and of codes.
 *
 * <p>Code with vectors that isn't compiled takes tens of microseconds a decision, since each vector is an object then. A
 * server that would switch to it has it rehearsed first, on a thread that nobody waits for.
 *
 * <p>Threading: one thread.
 */
public final class Rehearsal {
    private static final int BATCH = 64;
    private static final int SINGLES_A_PASS = 128;
    private static final int BATCHES_A_PASS = 4;
    /** A decision that takes longer isn't compiled, or was interrupted. */
    private static final long COMPILED_NS = 1_000;
    /** So many passes of compiled code: not a lucky one. */
    private static final int ENOUGH = 20;

    private final BatchDecider decider = new BatchDecider(1, 1, PhaseTiming.OFF, BATCH);
    private final DecisionBatch decisions = new DecisionBatch(BATCH);
    private final UnsafeBuffer rows;
    private final UnsafeBuffer codes;
    private final float[][] queries;
    private final int rowLength;

    private Rehearsal(final RouterArtifact artifact) {
        final int features = artifact.features().size();
        rowLength = Float.BYTES * features;
        rows = new UnsafeBuffer(new byte[BATCH * rowLength]);
        codes = new UnsafeBuffer(new byte[BATCH * features]);
        queries = RandomTables.features(1, artifact, BATCH);
        for (int q = 0; q < BATCH; q++) {
            for (int f = 0; f < features; f++) {
                rows.putFloat(q * rowLength + Float.BYTES * f, queries[q][f], ByteOrder.LITTLE_ENDIAN);
                codes.putByte(f * BATCH + q, (byte) (31 * q + f));
            }
        }
    }

    /**
     * Rehearses.
     *
     * @param artifact of {@code snapshot}.
     * @param snapshot with the kernel that is meant; nobody else's.
     * @param longest when to give up.
     * @return whether all of it runs compiled.
     */
    public static boolean run(final RouterArtifact artifact, final TableSnapshot snapshot, final Duration longest) {
        final Rehearsal rehearsal = new Rehearsal(artifact);
        return untilCompiled(longest, () -> rehearsal.passIsCompiled(snapshot));
    }

    /** The same for {@link BatchDecider#decide}, the way of one query in process, alone. */
    static boolean runOneByOne(final RouterArtifact artifact, final TableSnapshot snapshot, final Duration longest) {
        final Rehearsal rehearsal = new Rehearsal(artifact);
        return untilCompiled(longest, () -> rehearsal.oneByOneIsCompiled(snapshot));
    }

    private static boolean untilCompiled(final Duration longest, final BooleanSupplier passIsCompiled) {
        final long begun = System.nanoTime();
        int compiled = 0;
        while (compiled < ENOUGH) {
            if (System.nanoTime() - begun > longest.toNanos()) {
                return false;
            }
            if (passIsCompiled.getAsBoolean()) {
                compiled++;
            }
        }
        return true;
    }

    private boolean oneByOneIsCompiled(final TableSnapshot snapshot) {
        final long begun = System.nanoTime();
        for (int q = 0; q < SINGLES_A_PASS; q++) {
            decider.decide(snapshot, queries[q % BATCH], Float.NaN, decisions);
        }
        return System.nanoTime() - begun < SINGLES_A_PASS * COMPILED_NS;
    }

    private boolean passIsCompiled(final TableSnapshot snapshot) {
        final long begun = System.nanoTime();
        for (int q = 0; q < SINGLES_A_PASS; q++) {
            decider.decideRows(snapshot, rows, q % BATCH * rowLength, null, 0, 1, decisions);
        }
        final long ofSingles = System.nanoTime();
        for (int i = 0; i < BATCHES_A_PASS; i++) {
            decider.decideRows(snapshot, rows, 0, null, 0, BATCH, decisions);
        }
        final long ofRows = System.nanoTime();
        for (int i = 0; i < BATCHES_A_PASS; i++) {
            decider.decideCodeColumns(snapshot, codes, 0, null, 0, BATCH, decisions);
        }
        final long ofCodes = System.nanoTime();
        return ofSingles - begun < SINGLES_A_PASS * COMPILED_NS
                && ofRows - ofSingles < (long) BATCHES_A_PASS * BATCH * COMPILED_NS
                && ofCodes - ofRows < (long) BATCHES_A_PASS * BATCH * COMPILED_NS;
    }
}
