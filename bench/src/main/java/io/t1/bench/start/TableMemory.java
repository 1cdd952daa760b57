package io.t1.bench.start;

/**
 * What servers keep in memory, with one table and with many.
 *
 * @param tables how many, 2 or more.
 * @param one with the first of them.
 * @param all with all of them.
 */
public record TableMemory(int tables, ResidentMemory one, ResidentMemory all) {
    private static final long KIB = 1024;

    /** Anonymous bytes that each further table takes: its image, its kernels, its names, its rows in the listings. */
    public long bytesPerTable() {
        return (all.anonymousKib() - one.anonymousKib()) * KIB / (tables - 1);
    }
}
