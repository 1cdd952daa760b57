package io.t1.gating;

/**
 * Something immutable that many threads read and one thread replaces, with memory that {@link #close} gives back.
 *
 * <p>{@link ReaderEpochs} closes it, when no reader can hold it any more.
 */
public interface Snapshot extends AutoCloseable {
    /** Frees the memory. Twice is harmless. */
    @Override
    void close();
}
