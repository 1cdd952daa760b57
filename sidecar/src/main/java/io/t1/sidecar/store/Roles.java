package io.t1.sidecar.store;

/**
 * Which versions of a key play which role.
 *
 * @param sequence steps up with every change: of two records the higher is the later.
 * @param active what decides, or {@link #NONE}.
 * @param previous what decided before, or {@link #NONE}.
 * @param baseline what rollback falls back to; {@link #BUILT_IN} unless one was published.
 * @param lastVersion the highest version ever given out, so that none is given twice.
 */
public record Roles(long sequence, long active, long previous, long baseline, long lastVersion) {
    /** No table; the null value of a version on the wire. */
    public static final long NONE = -1;
    /** The built-in baseline: T0 for every query. */
    public static final long BUILT_IN = 0;
    /** A key that has seen nothing yet. */
    public static final Roles EMPTY = new Roles(0, NONE, NONE, BUILT_IN, 0);

    /** After another version went live; what was active is now previous. Unchanged if it was active already. */
    public Roles activate(final long version) {
        if (version == active) {
            return this;
        }
        final long before = active == NONE ? BUILT_IN : active;
        return new Roles(sequence + 1, version, before, baseline, lastVersion);
    }

    /** After another version became the baseline. */
    public Roles withBaseline(final long version) {
        return version == baseline ? this : new Roles(sequence + 1, active, previous, version, lastVersion);
    }

    /** After a version was given out. */
    public Roles withLastVersion(final long version) {
        return new Roles(sequence + 1, active, previous, baseline, version);
    }

    /** Whether a version must not be pruned. */
    public boolean pins(final long version) {
        return version == active || version == previous || version == baseline;
    }
}
