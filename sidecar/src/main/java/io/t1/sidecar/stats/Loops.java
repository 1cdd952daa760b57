package io.t1.sidecar.stats;

import io.t1.codec.wire.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The event loops' counters, added up. Threading: guarded by its owner's lock. */
final class Loops {
    private final List<LoopStats> all = new ArrayList<>();

    LoopStats add(final Recording recording) {
        final LoopStats loop = new LoopStats(recording);
        all.add(loop);
        return loop;
    }

    List<LoopStats> all() {
        return all;
    }

    StatsSnapshot.Traffic traffic() {
        return new StatsSnapshot.Traffic(
                sum(LoopCounter.REQUESTS),
                sum(LoopCounter.OUTCOMES),
                sum(LoopCounter.CONNECTIONS_OPENED),
                sum(LoopCounter.CONNECTIONS_CLOSED),
                sum(LoopCounter.BYTES_IN),
                sum(LoopCounter.BYTES_OUT),
                new StatsSnapshot.Rings(
                        sum(LoopCounter.RINGS_OPENED),
                        sum(LoopCounter.RINGS_CLOSED),
                        sum(LoopCounter.RING_REQUESTS),
                        sum(LoopCounter.RING_BYTES_MAPPED)));
    }

    StatsSnapshot.Decisions decisions() {
        return new StatsSnapshot.Decisions(
                sum(LoopCounter.SKIP),
                sum(LoopCounter.CHEAP),
                sum(LoopCounter.FULL),
                sum(LoopCounter.BATCHES),
                sum(LoopCounter.EXPLORED),
                sum(LoopCounter.CAPPED),
                sum(LoopCounter.LOW_GAIN),
                sum(LoopCounter.DEGRADED),
                sum(LoopCounter.OVERLOADED));
    }

    Map<ErrorCode, Long> errors() {
        final Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
        for (final ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.NULL_VAL) {
                long sum = 0;
                for (final LoopStats loop : all) {
                    sum += loop.readErrors(code);
                }
                errors.put(code, sum);
            }
        }
        return errors;
    }

    private long sum(final LoopCounter counter) {
        long sum = 0;
        for (final LoopStats loop : all) {
            sum += loop.read(counter);
        }
        return sum;
    }
}
