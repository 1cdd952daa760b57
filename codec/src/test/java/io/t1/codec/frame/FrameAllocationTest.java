package io.t1.codec.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.t1.codec.frame.DecideRequestFrame.Scores;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.FeatureEncoding;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the decision path's frames allocate, by the JVM's own count. */
class FrameAllocationTest {
    private static final int ROUNDS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    private final FrameVerifier verifier = new FrameVerifier();
    private final DecideRequestFrame request = new DecideRequestFrame();
    private final DecideResponseFrame response = new DecideResponseFrame();
    private final OutcomeFrame outcome = new OutcomeFrame();
    private int valid;

    @Test
    void writingAndVerifyingARequestItsResponseAndItsOutcomeAllocatesNothing() {
        rounds();
        final long thread = Thread.currentThread().threadId();
        final long before = threads.getThreadAllocatedBytes(thread);
        rounds();
        final long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertEquals(2 * 3 * ROUNDS, valid);
        assertTrue(bytes < ROUNDS, bytes + " bytes in " + ROUNDS + " rounds");
    }

    private void rounds() {
        for (int i = 0; i < ROUNDS; i++) {
            request.wrap(buffer, 0, 4, 2, FeatureEncoding.FLOAT32, BatchLayout.COLUMNS, Scores.PRESENT)
                    .correlationId(i)
                    .table(1, 2, 3);
            verify(request.length());
            response.wrap(buffer, 0, i, 1, 4);
            for (int q = 0; q < 4; q++) {
                response.next().decisionId(q).arm((short) 1).flags().clear();
            }
            verify(response.length());
            verify(outcome.wrap(buffer, 0, i, "d1\nd2").ndcg(0.5f).length());
        }
    }

    private void verify(final int length) {
        valid += verifier.verify(buffer, 0, length) == FrameVerdict.VALID ? 1 : 0;
    }
}
