package io.t1.bench.peers.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.t1.bench.load.LatencyRecord;
import io.t1.bench.peers.PayloadSizes;
import io.t1.bench.peers.PeerProcess;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.MappedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/** An echo over Aeron IPC, messages as long as ours, both ends spinning. Threading: one thread. */
public final class AeronPeer implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;
    private static final long NS_PER_MS = 1_000_000;
    private static final int FRAGMENTS = 64;

    private final BenchRun run;
    private final MappedFolder folder;
    private final PeerProcess server;
    private final Aeron aeron;
    private final ExclusivePublication requests;
    private final Subscription responses;
    private final UnsafeBuffer request = new UnsafeBuffer(ByteBuffer.allocateDirect(PayloadSizes.REQUEST));
    private final FragmentHandler answer = (buffer, offset, length, header) -> lastAnswered = buffer.getLong(offset);
    private long sent;
    private long lastAnswered;

    private AeronPeer(final BenchRun run, final MappedFolder folder, final PeerProcess server, final Path driver) {
        this.run = run;
        this.folder = folder;
        this.server = server;
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.toString()));
        requests = aeron.addExclusivePublication(AeronEchoServer.CHANNEL, AeronEchoServer.REQUESTS);
        responses = aeron.addSubscription(AeronEchoServer.CHANNEL, AeronEchoServer.RESPONSES);
        while (!requests.isConnected() || !responses.isConnected()) {
            Thread.onSpinWait();
        }
    }

    /** Starts driver and server. */
    public static AeronPeer start(final BenchRun run) throws IOException {
        final MappedFolder folder = MappedFolder.of(run);
        final Path driver = folder.path().resolve("aeron");
        try {
            final PeerProcess server =
                    PeerProcess.start(run, run.folder("a"), AeronEchoServer.class, List.of(driver.toString()));
            return new AeronPeer(run, folder, server, driver);
        } catch (final IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Echoes a second with so many in flight. */
    public Figure requestsPerSecond(final int depth) {
        final var _ = once(run.effort().warmupMs(), depth, LatencyRecord.newHistogram());
        final List<Double> runs = new ArrayList<>();
        for (int i = 0; i < run.effort().runs(); i++) {
            runs.add(once(run.effort().runMs(), depth, LatencyRecord.newHistogram()));
        }
        return new Figure(runs);
    }

    /** Round trips with one in flight. */
    public Histogram roundTrips(final long ms) {
        final Histogram latencies = LatencyRecord.newHistogram();
        final var _ = once(ms, 1, latencies);
        return latencies;
    }

    private double once(final long ms, final int depth, final Histogram latencies) {
        final long before = sent;
        final long begun = System.nanoTime();
        long offeredNs = begun;
        while (offeredNs - begun < ms * NS_PER_MS) {
            while (sent - lastAnswered < depth) {
                request.putLong(0, sent + 1);
                if (requests.offer(request, 0, PayloadSizes.REQUEST) < 0) {
                    break;
                }
                sent++;
            }
            if (responses.poll(answer, FRAGMENTS) > 0 && depth == 1) {
                final long now = System.nanoTime();
                latencies.recordValue(now - offeredNs);
                offeredNs = now;
            } else if (depth > 1) {
                offeredNs = System.nanoTime();
            }
        }
        final double perSecond = (sent - before) * NS_PER_SECOND / (offeredNs - begun);
        while (lastAnswered < sent) {
            if (responses.poll(answer, FRAGMENTS) == 0) {
                Thread.onSpinWait();
            }
        }
        return perSecond;
    }

    @Override
    public void close() {
        responses.close();
        requests.close();
        aeron.close();
        server.close();
        folder.close();
    }
}
