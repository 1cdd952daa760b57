package io.t1.bench.load;

/** When requests are due, whatever becomes of earlier ones. Threading: one thread. */
public interface ArrivalSchedule {
    /** Nanoseconds from the start at which the next request is due; never less than the one before. */
    long nextNs();
}
