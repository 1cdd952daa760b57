package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong decisions = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(-SECOND);
    private final Traffic traffic = new Traffic(decisions::get, nanos::get);

    @Test
    void tellsThePaceSinceTheLastLook() {
        assertEquals(Traffic.Pace.QUIET, after(5 * SECOND, 0));
        assertEquals(Traffic.Pace.SPARSE, after(5 * SECOND, 1));
        assertEquals(Traffic.Pace.SPARSE, after(2 * SECOND, 2 * Traffic.DENSE_PER_SECOND - 1));
        assertEquals(Traffic.Pace.DENSE, after(2 * SECOND, 2 * Traffic.DENSE_PER_SECOND));
        assertEquals(Traffic.Pace.QUIET, after(SECOND, 0), "what came before the last look doesn't count");
    }

    @Test
    void anyDecisionInNoTimeIsDense() {
        assertEquals(Traffic.Pace.DENSE, after(0, 1));
    }

    private Traffic.Pace after(final long elapsedNs, final long made) {
        nanos.addAndGet(elapsedNs);
        decisions.addAndGet(made);
        return traffic.look();
    }
}
