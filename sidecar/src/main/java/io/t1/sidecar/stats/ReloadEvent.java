package io.t1.sidecar.stats;

import io.t1.codec.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * One try to replace a table.
 *
 * @param atMillis Unix time of its end.
 * @param source where it came from, for people: {@code wire}, a file's name, {@code rollback}.
 * @param key the traffic it is for; null when it couldn't even be read.
 * @param version given by the store; 0 when refused.
 * @param refusal why it was refused; null when accepted.
 * @param durationNanos from the first byte read to the swap or the refusal.
 */
public record ReloadEvent(
        long atMillis,
        String source,
        @Nullable TableKey key,
        long version,
        @Nullable String refusal,
        long durationNanos) {
    /** One that decides from now on, or is stored. */
    public static ReloadEvent accepted(
            final long atMillis,
            final String source,
            final TableKey key,
            final long version,
            final long durationNanos) {
        return new ReloadEvent(atMillis, source, key, version, null, durationNanos);
    }

    /** One that failed a check; what decided before decides on. */
    public static ReloadEvent refused(
            final long atMillis,
            final String source,
            final @Nullable TableKey key,
            final String reason,
            final long durationNanos) {
        return new ReloadEvent(atMillis, source, key, 0, reason, durationNanos);
    }

    /** Whether it was taken. */
    public boolean isAccepted() {
        return refusal == null;
    }
}
